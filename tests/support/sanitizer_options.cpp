// What the sanitizers must know: a test asks for more memory than there is, and wants to be told no instead of aborted.
// SPDX-License-Identifier: GPL-3.0-or-later

#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options()
{
    return "allocator_may_return_null=1";
}
#elif defined(__SANITIZE_THREAD__)
extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options()
{
    return "allocator_may_return_null=1";
}
#endif
