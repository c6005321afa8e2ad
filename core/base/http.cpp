#include "core/base/http.h"

#include <curl/curl.h>

#include <memory>

namespace sextant {

namespace {

struct Exchange
{
    const Operation& operation;
    std::size_t most = 0;
    std::string body;
    bool tooLarge = false;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* user)
{
    auto& exchange = *static_cast<Exchange*>(user);
    if (exchange.body.size() + size * count > exchange.most) {
        exchange.tooLarge = true;
        return 0;
    }
    exchange.body.append(bytes, size * count);
    return size * count;
}

int watch(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<Exchange*>(user)->operation.cancelled() ? 1 : 0;
}

struct CloseHandle
{
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList
{
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, FreeList>;

bool startCurl()
{
    static const bool kStarted = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return kStarted;
}

Result<Headers> headersOf(const HttpRequest& request)
{
    Headers list;
    auto add = [&](const char* line) {
        auto* longer = curl_slist_append(list.get(), line);
        static_cast<void>(longer ? list.release() : nullptr);
        list.reset(longer ? longer : list.release());
    };
    for (const auto& header : request.headers) {
        if (header.find_first_of("\r\n") != std::string::npos || header.find('\0') != std::string::npos)
            return fail(ErrorCode::InvalidArgument, "A header of an HTTP request has a line end in it");
        add(header.c_str());
    }
    add("Expect:"); // no waiting for a permission to go on
    return list;
}

void prepare(CURL* handle, const HttpRequest& request, const Headers& headers, Exchange& exchange)
{
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, request.timeoutMs);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, request.timeoutMs);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "sextant/" SEXTANT_VERSION);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, watch);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &exchange);
    if (request.method != "GET") {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
}

} // namespace

std::string hostOf(const std::string& url)
{
    auto scheme = url.find("://");
    if (scheme == std::string::npos)
        return {};
    auto host = url.substr(scheme + 3, url.find_first_of("/?#", scheme + 3) - scheme - 3);
    if (auto user = host.rfind('@'); user != std::string::npos)
        host.erase(0, user + 1);
    return url.substr(0, scheme + 3) + host;
}

Result<HttpAnswer> sendHttp(const HttpRequest& request, const Operation& operation)
{
    if (!request.url.starts_with("http://") && !request.url.starts_with("https://"))
        return fail(ErrorCode::InvalidArgument, "Only addresses with http:// and https:// are asked");
    std::unique_ptr<CURL, CloseHandle> handle(startCurl() ? curl_easy_init() : nullptr);
    if (!handle)
        return fail(ErrorCode::Io, "The network can't be used here");
    SEXTANT_TRY(auto headers, headersOf(request));
    Exchange exchange{operation, request.mostBytes, {}, false};
    prepare(handle.get(), request, headers, exchange);
    auto code = curl_easy_perform(handle.get());
    if (operation.cancelled())
        return cancelledError();
    if (exchange.tooLarge)
        return fail(ErrorCode::Io, "The answer of " + hostOf(request.url) + " is too large");
    if (code != CURLE_OK)
        return fail(ErrorCode::Io, hostOf(request.url) + " did not answer",
                    "Check the address and the network", curl_easy_strerror(code));
    HttpAnswer answer{0, std::move(exchange.body)};
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
}

} // namespace sextant
