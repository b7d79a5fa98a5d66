// fork, exec and pipes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace triptych::test {

namespace {

constexpr auto kPatience = std::chrono::minutes(5); // other work on the machine may be heavy

struct Channel {
    int reader = -1;
    int writer = -1;
};

Channel make_channel(Stdout kind, unsigned short columns = 80)
{
    Channel channel;
    if (kind == Stdout::FullDisk) {
        channel.writer = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
        channel.reader = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    } else if (kind == Stdout::Terminal) {
        winsize size{};
        size.ws_col = columns;
        size.ws_row = 30;
        if (::openpty(&channel.reader, &channel.writer, nullptr, nullptr, &size) != 0)
            throw std::runtime_error("no pseudo terminal");
        ::fcntl(channel.reader, F_SETFD, FD_CLOEXEC);
    } else {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        channel = {ends[0], ends[1]};
    }
    return channel;
}

/// In the child: becomes the program or ends.
[[noreturn]] void become(const Arguments& arguments, const ProgramOptions& options, int out, int err)
{
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
    if (options.file_size_limit) {
        const rlimit limit{*options.file_size_limit, *options.file_size_limit};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    for (const std::string& variable : options.environment) ::putenv(::strdup(variable.c_str()));
    std::vector<char*> argv = {::strdup(TRIPTYCH_PROGRAM)};
    for (const std::string& argument : arguments) argv.push_back(::strdup(argument.c_str()));
    argv.push_back(nullptr);
    ::execv(TRIPTYCH_PROGRAM, argv.data());
    ::_exit(127);
}

} // namespace

Program::Program(const Arguments& arguments, const ProgramOptions& options)
{
    const Channel out = make_channel(options.output, options.columns);
    const Channel err = make_channel(Stdout::Pipe);
    m_child = ::fork();
    if (m_child < 0) throw std::runtime_error("cannot fork");
    if (m_child == 0) become(arguments, options, out.writer, err.writer);
    ::close(out.writer);
    ::close(err.writer);
    m_out = out.reader;
    m_err = err.reader;
}

Program::~Program()
{
    if (m_child > 0) {
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
    }
    if (m_out >= 0) ::close(m_out);
    if (m_err >= 0) ::close(m_err);
}

/// False when both streams have ended or nothing came in time.
bool Program::read_some(std::chrono::milliseconds patience)
{
    std::array<pollfd, 2> streams = {pollfd{m_out, POLLIN, 0}, pollfd{m_err, POLLIN, 0}};
    if (m_out < 0 && m_err < 0) return false;
    if (::poll(streams.data(), streams.size(), static_cast<int>(patience.count())) <= 0) return false;
    std::array<char, 65536> buffer{};
    const auto take = [&](int& stream, const pollfd& state, std::string& into) {
        if (stream < 0 || state.revents == 0) return;
        const ssize_t got = ::read(stream, buffer.data(), buffer.size());
        if (got > 0) {
            into.append(buffer.data(), static_cast<std::size_t>(got));
        } else if (got == 0 || errno != EINTR) { // a terminal whose program has ended gives EIO
            ::close(stream);
            stream = -1;
        }
    };
    take(m_out, streams[0], m_outcome.out);
    take(m_err, streams[1], m_outcome.err);
    return true;
}

bool Program::wait_for(const std::string& text)
{
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < end) {
        if (m_outcome.out.find(text) != std::string::npos) return true;
        if (m_out < 0) break;
        read_some(std::chrono::seconds(1));
    }
    ADD_FAILURE() << "\"" << text << "\" did not come; stdout: " << m_outcome.out << "\nstderr: " << m_outcome.err;
    return false;
}

void Program::send(int signal) const
{
    ::kill(m_child, signal);
}

bool Program::running()
{
    siginfo_t ended{};
    return m_child > 0 && ::waitid(P_PID, static_cast<id_t>(m_child), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           ended.si_pid == 0;
}

void Program::close_output()
{
    ::close(m_out);
    m_out = -1;
}

Outcome Program::wait()
{
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while ((m_out >= 0 || m_err >= 0) && std::chrono::steady_clock::now() < end) read_some(std::chrono::seconds(1));
    if (m_out >= 0 || m_err >= 0) {
        ADD_FAILURE() << "the program does not end; stdout: " << m_outcome.out << "\nstderr: " << m_outcome.err;
        ::kill(m_child, SIGKILL);
    }
    int status = 0;
    ::waitpid(m_child, &status, 0);
    m_child = -1;
    if (WIFEXITED(status))
        m_outcome.exit_code = WEXITSTATUS(status);
    else
        m_outcome.signal = WTERMSIG(status);
    return m_outcome;
}

Outcome run_program(const Arguments& arguments, const ProgramOptions& options)
{
    Program program(arguments, options);
    return program.wait();
}

} // namespace triptych::test
