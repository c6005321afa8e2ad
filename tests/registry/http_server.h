// A small HTTP server of one test: answers what it is told to, keeps what it was asked.
#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <mutex>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace sextant::test {

class HttpServer
{
public:
    explicit HttpServer(long status = 200, std::string body = "{}")
        : m_status(status), m_body(std::move(body))
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        ::bind(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(m_socket, 8);
        ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &length);
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { serve(); });
    }
    ~HttpServer()
    {
        m_ended = true;
        ::shutdown(m_socket, SHUT_RDWR);
        m_thread.join();
        ::close(m_socket);
    }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    void answer(long status, std::string body = "{}")
    {
        std::lock_guard lock(m_mutex);
        m_status = status;
        m_body = std::move(body);
    }
    /// Takes questions and answers none.
    void beSilent() { m_silent = true; }
    std::vector<std::string> requests() const
    {
        std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    void serve()
    {
        std::vector<int> open;
        for (int client; (client = ::accept(m_socket, nullptr, nullptr)) >= 0 && !m_ended;) {
            auto request = read(client);
            std::lock_guard lock(m_mutex);
            m_requests.push_back(request);
            if (m_silent) {
                open.push_back(client);
                continue;
            }
            auto text = "HTTP/1.1 " + std::to_string(m_status) +
                        " X\r\nConnection: close\r\nContent-Length: " + std::to_string(m_body.size()) +
                        "\r\n\r\n" + m_body;
            for (std::size_t sent = 0; sent < text.size();) {
                auto count = ::send(client, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
                if (count <= 0)
                    break;
                sent += static_cast<std::size_t>(count);
            }
            ::close(client);
        }
        for (int client : open)
            ::close(client);
    }
    static std::string read(int client)
    {
        std::string text;
        char bytes[4096];
        auto whole = [&] {
            auto head = text.find("\r\n\r\n");
            if (head == std::string::npos)
                return false;
            auto length = text.find("Content-Length: ");
            auto size = length == std::string::npos ? 0UL : std::stoul(text.substr(length + 16));
            return text.size() >= head + 4 + size;
        };
        while (!whole()) {
            auto count = ::recv(client, bytes, sizeof bytes, 0);
            if (count <= 0)
                break;
            text.append(bytes, static_cast<std::size_t>(count));
        }
        return text;
    }

    int m_socket = -1;
    int m_port = 0;
    long m_status;
    std::string m_body;
    std::atomic<bool> m_silent = false, m_ended = false;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::thread m_thread;
};

} // namespace sextant::test
