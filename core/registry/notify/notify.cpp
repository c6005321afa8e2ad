#include "core/registry/notify/notify.h"

#include "core/base/encoding.h"
#include "core/base/http.h"
#include "core/base/strict_json.h"
#include "core/base/text.h"
#include "core/ledger/folder_storage.h"
#include "core/ledger/key_folder.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <filesystem>
#include <random>

namespace sextant::registry {

namespace fs = std::filesystem;
using ledger::FolderStorage;

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kHooksFile = "hooks.json";
constexpr const char* kQueue = "queue";
constexpr std::string_view kSuffix = ".json";
constexpr std::size_t kMostBytes = std::size_t{1} << 20;
constexpr std::size_t kMostAnswer = std::size_t{1} << 16;
constexpr unsigned kPrivate = 0600; // addresses may hold secrets
constexpr int kMostAttempts = 8;
constexpr EpochMs kFirstPause = 60'000; // then four times as long each, at most:
constexpr EpochMs kLongestPause = 6 * 3'600'000;
constexpr long kTimeoutMs = 10'000;

std::string dumped(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string textAt(const Json& object, const char* key)
{
    auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>()
                                                                             : std::string();
}

EpochMs numberAt(const Json& object, const char* key)
{
    auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() && found->is_number_integer() ? found->get<EpochMs>()
                                                                                     : 0;
}

std::string randomName()
{
    std::random_device random;
    std::string bytes;
    for (int i = 0; i < 8; ++i)
        bytes += static_cast<char>(random());
    return toHex(bytes);
}

/// Slack reads <!channel> and links in a text: a reason must not call everybody.
std::string escapedForSlack(std::string_view text)
{
    std::string escaped;
    for (char c : toUtf8(text))
        escaped += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return escaped;
}

std::string sentenceOf(const Notice& notice)
{
    if (!notice.text.empty())
        return notice.text;
    std::string text = notice.model.empty() ? "Sextant" : notice.model;
    if (notice.version > 0)
        text += " v" + std::to_string(notice.version);
    text += ": " + notice.event;
    if (!notice.target.empty())
        text += " for " + notice.target;
    if (!notice.who.empty())
        text += " by " + notice.who;
    return notice.reason.empty() ? text : text + ". " + notice.reason;
}

std::string bodyOf(const Notice& notice, const std::string& id, EpochMs time)
{
    Json body = {{"text", escapedForSlack(sentenceOf(notice))},
                 {"event", notice.event},
                 {"delivery", id},
                 {"time", time}};
    auto add = [&](const char* key, const std::string& text) {
        if (!text.empty())
            body[key] = toUtf8(text);
    };
    add("model", notice.model);
    if (notice.version > 0)
        body["version"] = notice.version;
    add("target", notice.target);
    add("who", notice.who);
    add("reason", notice.reason);
    add("promotion", notice.promotion);
    add("store", notice.store);
    return dumped(body);
}

std::string formatDelivery(const Delivery& delivery)
{
    return dumped({{"hook", delivery.hook},
                   {"event", delivery.event},
                   {"created", delivery.created},
                   {"due", delivery.due},
                   {"attempts", delivery.attempts},
                   {"failed", delivery.failed},
                   {"problem", toUtf8(delivery.problem)},
                   {"body", delivery.body}});
}

Result<Delivery> readDelivery(FolderStorage& storage, const std::string& name)
{
    SEXTANT_TRY(auto text, storage.read(std::string(kQueue) + "/" + name, kMostBytes));
    SEXTANT_TRY(auto document, parseStrictJson(text, "The delivery " + name));
    Delivery delivery;
    delivery.id = name.substr(0, name.size() - kSuffix.size());
    delivery.hook = textAt(document, "hook");
    delivery.event = textAt(document, "event");
    delivery.body = textAt(document, "body");
    delivery.created = numberAt(document, "created");
    delivery.due = numberAt(document, "due");
    delivery.attempts =
        static_cast<int>(std::clamp<EpochMs>(numberAt(document, "attempts"), 0, kMostAttempts));
    delivery.failed = document.is_object() && document.value("failed", Json()) == true;
    delivery.problem = textAt(document, "problem");
    return delivery;
}

std::string placeOf(const Delivery& delivery)
{
    return std::string(kQueue) + "/" + delivery.id + std::string(kSuffix);
}

bool isName(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_' || c == '.';
    });
}

/// Trying again won't help where the receiver says that the request itself is wrong.
bool isFinal(long status)
{
    constexpr long kTimeout = 408, kTooEarly = 425, kTooMany = 429;
    return status >= 400 && status < 500 && status != kTimeout && status != kTooEarly && status != kTooMany;
}

} // namespace

std::string Notifier::defaultFolder()
{
    return fs::path(ledger::defaultPinFolder()).parent_path() / "notify";
}

Result<std::vector<Webhook>> Notifier::hooks() const
{
    auto text = FolderStorage(m_folder).read(kHooksFile, kMostBytes);
    if (!text && text.error().code == ErrorCode::NotFound)
        return std::vector<Webhook>();
    if (!text)
        return forward(text);
    SEXTANT_TRY(auto document, parseStrictJson(*text, "The list of webhooks"));
    std::vector<Webhook> hooks;
    for (const auto& item : document) {
        Webhook hook{textAt(item, "name"), textAt(item, "url"), {}};
        if (item.is_object() && item.contains("events"))
            for (const auto& event : item["events"])
                hook.events.push_back(event.is_string() ? event.get<std::string>() : std::string());
        hooks.push_back(std::move(hook));
    }
    return hooks;
}

Result<void> Notifier::keepHooks(const std::vector<Webhook>& hooks)
{
    auto list = Json::array();
    for (const auto& hook : hooks)
        list.push_back({{"name", hook.name}, {"url", hook.url}, {"events", hook.events}});
    return FolderStorage(m_folder, kPrivate).replace(kHooksFile, dumped(list));
}

Result<void> Notifier::add(const Webhook& hook)
{
    if (!isName(hook.name))
        return fail(ErrorCode::InvalidArgument, "'" + toUtf8(hook.name) + "' can't name a webhook",
                    "Use letters, digits and . _ -");
    auto host = hostOf(hook.url);
    if (host.empty() || host.ends_with('/') ||
        (!hook.url.starts_with("http://") && !hook.url.starts_with("https://")) ||
        hook.url.find_first_of(" \r\n\t") != std::string::npos || !isUtf8(hook.url))
        return fail(ErrorCode::InvalidArgument, "The address of a webhook begins with http:// or https://");
    SEXTANT_TRY(auto all, hooks());
    for (const auto& other : all)
        if (other.name == hook.name)
            return fail(ErrorCode::AlreadyExists, "There is a webhook '" + hook.name + "' already",
                        "Remove it first, or choose another name");
    all.push_back(hook);
    return keepHooks(all);
}

Result<void> Notifier::remove(const std::string& name)
{
    SEXTANT_TRY(auto all, hooks());
    if (std::erase_if(all, [&](const Webhook& hook) { return hook.name == name; }) == 0)
        return fail(ErrorCode::NotFound, "There is no webhook '" + toUtf8(name) + "'",
                    "`sextant notify list` shows all");
    SEXTANT_CHECK(keepHooks(all));
    SEXTANT_TRY(auto waiting, deliveries());
    for (const auto& delivery : waiting)
        if (delivery.hook == name)
            SEXTANT_CHECK(FolderStorage(m_folder, kPrivate).remove(placeOf(delivery)));
    return {};
}

Result<std::size_t> Notifier::enqueue(const Notice& notice)
{
    SEXTANT_TRY(auto all, hooks());
    auto time = notice.time ? notice.time : now();
    std::size_t count = 0;
    for (const auto& hook : all) {
        if (!hook.events.empty() &&
            std::find(hook.events.begin(), hook.events.end(), notice.event) == hook.events.end())
            continue;
        Delivery delivery{.hook = hook.name, .event = notice.event, .created = time, .due = time};
        delivery.id = std::to_string(time) + "-" + randomName();
        delivery.body = bodyOf(notice, delivery.id, time);
        SEXTANT_CHECK(FolderStorage(m_folder, kPrivate).create(placeOf(delivery), formatDelivery(delivery)));
        ++count;
    }
    return count;
}

Result<std::vector<Delivery>> Notifier::deliveries() const
{
    FolderStorage storage(m_folder, kPrivate);
    SEXTANT_TRY(auto names, storage.list(kQueue));
    std::sort(names.begin(), names.end());
    std::vector<Delivery> all;
    for (const auto& name : names) {
        if (!name.ends_with(kSuffix))
            continue;
        auto delivery = readDelivery(storage, name);
        if (delivery)
            all.push_back(std::move(*delivery));
        else if (delivery.error().code != ErrorCode::NotFound) // else it was sent meanwhile
            all.push_back({.id = name.substr(0, name.size() - kSuffix.size()),
                           .failed = true,
                           .problem = delivery.error().message});
    }
    return all;
}

Result<void> Notifier::attempt(Delivery& delivery, const Webhook& hook, const ledger::Secret& secret,
                               EpochMs time, const Operation& operation)
{
    auto timestamp = std::to_string(time / 1000);
    HttpRequest request{.url = hook.url,
                        .headers = {"Content-Type: application/json", "X-Sextant-Event: " + delivery.event,
                                    "X-Sextant-Delivery: " + delivery.id,
                                    "X-Sextant-Timestamp: " + timestamp},
                        .body = delivery.body,
                        .timeoutMs = kTimeoutMs,
                        .mostBytes = kMostAnswer};
    if (!secret.empty())
        request.headers.push_back("X-Sextant-Signature: " + signatureOf(secret, timestamp, delivery.body));
    auto answer = sendHttp(request, operation);
    if (!answer && answer.error().code == ErrorCode::Cancelled)
        return forward(answer);
    if (answer && answer->status >= 200 && answer->status < 300)
        return FolderStorage(m_folder, kPrivate).remove(placeOf(delivery));
    ++delivery.attempts;
    delivery.problem =
        answer ? hostOf(hook.url) + " answered " + std::to_string(answer->status)
               : answer.error().message + (answer.error().detail.empty() ? "" : ": " + answer.error().detail);
    delivery.failed = delivery.attempts >= kMostAttempts || (answer && isFinal(answer->status));
    auto pause = kFirstPause;
    for (int i = 1; i < delivery.attempts && pause < kLongestPause; ++i)
        pause *= 4;
    delivery.due = time + std::min(pause, kLongestPause);
    return FolderStorage(m_folder, kPrivate).replace(placeOf(delivery), formatDelivery(delivery));
}

Result<SendReport> Notifier::send(const ledger::Secret& secret, EpochMs time, const Operation& operation)
{
    SendReport report;
    SEXTANT_TRY(auto all, deliveries());
    if (all.empty())
        return report;
    // A folder of its own: who puts a notice down must not wait for the network.
    auto lock = FolderStorage(m_folder + "/sending", kPrivate).lock();
    if (!lock && lock.error().code != ErrorCode::Locked)
        return forward(lock);
    if (lock) {
        SEXTANT_TRY(all, deliveries()); // as the other left them
    }
    SEXTANT_TRY(auto known, hooks());
    for (auto& delivery : all) {
        auto hook = std::find_if(known.begin(), known.end(),
                                 [&](const Webhook& one) { return one.name == delivery.hook; });
        if (lock && !delivery.failed && delivery.due <= time && hook != known.end()) {
            auto before = delivery.attempts;
            SEXTANT_CHECK(attempt(delivery, *hook, secret, time, operation));
            if (delivery.attempts == before) {
                ++report.delivered;
                continue;
            }
        }
        ++(delivery.failed ? report.failed : report.waiting);
    }
    return report;
}

Result<std::size_t> Notifier::retryFailed(EpochMs time)
{
    SEXTANT_TRY(auto all, deliveries());
    std::size_t count = 0;
    for (auto& delivery : all) {
        if (!delivery.failed || delivery.body.empty())
            continue;
        delivery.failed = false;
        delivery.attempts = 0;
        delivery.due = time;
        SEXTANT_CHECK(FolderStorage(m_folder, kPrivate).replace(placeOf(delivery), formatDelivery(delivery)));
        ++count;
    }
    return count;
}

Result<void> notify(const Notice& notice)
{
    auto count = Notifier().enqueue(notice);
    if (!count)
        return forward(count);
    return {};
}

std::string signatureOf(const ledger::Secret& secret, const std::string& timestamp, const std::string& body)
{
    auto message = timestamp + "." + body;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    HMAC(EVP_sha256(), secret.view().data(), static_cast<int>(secret.view().size()),
         reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest, &length);
    return "sha256=" + toHex(std::string_view(reinterpret_cast<const char*>(digest), length));
}

} // namespace sextant::registry
