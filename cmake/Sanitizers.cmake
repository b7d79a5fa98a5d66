# TRIPTYCH_SANITIZE=address,undefined or thread: every target of ours is compiled and linked with these sanitizers.
if(TRIPTYCH_SANITIZE)
  target_compile_options(triptych_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=${TRIPTYCH_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined>)
  target_link_options(triptych_flags INTERFACE -fsanitize=${TRIPTYCH_SANITIZE})
endif()
