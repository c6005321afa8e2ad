// One HTTP request, sent and answered within limits: a time-out, a cap on the answer, no redirects. Blocks;
// any thread.
#pragma once

#include "core/base/operation.h"

#include <string>
#include <vector>

namespace sextant {

struct HttpRequest
{
    std::string method = "POST";
    std::string url;                  // http: or https:
    std::vector<std::string> headers; // "Name: value"
    std::string body;
    long timeoutMs = 10'000;
    std::size_t mostBytes = std::size_t{1} << 24; // of the answer
};

struct HttpAnswer
{
    long status = 0;
    std::string body;
};

/// Any status is an answer. Errors: InvalidArgument for another scheme, or a header with line ends; Io when
/// there is no answer in time or it is too large; Cancelled. The URL itself is in no message but for its
/// host.
Result<HttpAnswer> sendHttp(const HttpRequest& request, const Operation& operation);

/// "https://hooks.example.org": what may be shown of a URL that can hold a secret.
std::string hostOf(const std::string& url);

} // namespace sextant
