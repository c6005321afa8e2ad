// Notices: on disk first, sent to a real server, signed, tried again, given up and listed.
#include "core/registry/notify/notify.h"
#include "tests/registry/http_server.h"
#include "tests/store/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>

namespace sextant::registry {

namespace {

namespace fs = std::filesystem;

constexpr EpochMs kNow = 1'763'000'000'000;
constexpr EpochMs kMinute = 60'000;
constexpr const char* kSecretText = "a secret of two people";

class Notify : public testing::Test
{
protected:
    Notify() { setenv("no_proxy", "127.0.0.1", 1); }

    Notice apply() const
    {
        return {.event = "apply",
                .model = "fraud",
                .version = 7,
                .target = "alias:champion",
                .who = "ann",
                .reason = "better <!channel>",
                .promotion = "fraud#3",
                .time = kNow};
    }
    SendReport send(EpochMs time = kNow, const char* secret = kSecretText)
    {
        auto report = notifier.send(ledger::Secret(secret), time, {});
        EXPECT_TRUE(report) << report.error().message;
        return report.value_or(SendReport{});
    }

    test::TemporaryFolder folder;
    test::HttpServer server;
    Notifier notifier{folder / "notify"};
};

TEST_F(Notify, ANoticeArrivesSigned)
{
    ASSERT_TRUE(notifier.add({"team", server.url() + "/hook/T0SECRET", {"apply", "request"}}));
    ASSERT_TRUE(notifier.add({"other", server.url() + "/other", {"decision"}}));
    EXPECT_EQ(notifier.enqueue(apply()).value(), 1u);
    EXPECT_TRUE(server.requests().empty()) << "nothing waits for the network";
    auto report = send();
    EXPECT_EQ(report.delivered, 1u);
    EXPECT_EQ(report.waiting + report.failed, 0u);
    ASSERT_EQ(server.requests().size(), 1u);
    auto request = server.requests()[0];
    EXPECT_TRUE(request.starts_with("POST /hook/T0SECRET HTTP/1.1")) << request;
    auto body = request.substr(request.find("\r\n\r\n") + 4);
    auto json = nlohmann::json::parse(body);
    EXPECT_EQ(json["text"], "fraud v7: apply for alias:champion by ann. better &lt;!channel&gt;");
    EXPECT_EQ(json["reason"], "better <!channel>");
    EXPECT_EQ(json["version"], 7);
    auto timestamp = std::to_string(kNow / 1000);
    EXPECT_NE(request.find("X-Sextant-Timestamp: " + timestamp + "\r\n"), std::string::npos);
    EXPECT_NE(request.find("X-Sextant-Event: apply\r\n"), std::string::npos);
    EXPECT_NE(request.find("X-Sextant-Signature: " +
                           signatureOf(ledger::Secret(kSecretText), timestamp, body) + "\r\n"),
              std::string::npos)
        << request;
    EXPECT_TRUE(notifier.deliveries()->empty());
    EXPECT_EQ(send().delivered, 0u);
}

TEST_F(Notify, TheSignatureIsTheOneOfTheStandard)
{
    // By Python's hmac, over "1.a".
    EXPECT_EQ(signatureOf(ledger::Secret("Jefe"), "1", "a"),
              "sha256=7f9a0343ddf96c6a421c28f0fbf3eaaf20cb49de9e44d951cdd583bf1450126f");
    EXPECT_NE(signatureOf(ledger::Secret("Jefe"), "1", "a"), signatureOf(ledger::Secret("Jefe"), "2", "a"));
}

TEST_F(Notify, WhatDoesNotArriveIsTriedLaterThenGivenUpAndListed)
{
    ASSERT_TRUE(notifier.add({"team", server.url(), {}}));
    ASSERT_TRUE(notifier.enqueue(apply()));
    server.answer(503);
    EXPECT_EQ(send().waiting, 1u);
    EXPECT_EQ(send().waiting, 1u);
    EXPECT_EQ(server.requests().size(), 1u) << "not due yet";
    auto waiting = notifier.deliveries().value();
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting[0].problem, server.url() + " answered 503");
    EXPECT_EQ(waiting[0].due, kNow + kMinute);
    auto time = kNow;
    for (int i = 0; i < 10; ++i)
        send(time += 7 * 60 * kMinute);
    EXPECT_EQ(server.requests().size(), 8u);
    ASSERT_TRUE(notifier.deliveries()->at(0).failed);
    server.answer(200);
    EXPECT_EQ(send(time).failed, 1u) << "given up";
    EXPECT_EQ(notifier.retryFailed(time).value(), 1u);
    EXPECT_EQ(send(time).delivered, 1u);

    server.answer(410);
    ASSERT_TRUE(notifier.enqueue(apply()));
    EXPECT_EQ(send(time).failed, 1u) << "gone for good";
    ASSERT_TRUE(notifier.remove("team"));
    EXPECT_TRUE(notifier.deliveries()->empty());
}

TEST_F(Notify, NobodyThereIsNoError)
{
    auto url = test::HttpServer().url(); // gone at once
    ASSERT_TRUE(notifier.add({"gone", url + "/T0SECRET", {}}));
    ASSERT_TRUE(notifier.enqueue(apply()));
    EXPECT_EQ(send().waiting, 1u);
    auto problem = notifier.deliveries()->at(0).problem;
    EXPECT_NE(problem.find("did not answer"), std::string::npos) << problem;
    EXPECT_EQ(problem.find("T0SECRET"), std::string::npos) << "only the host is said";
}

TEST_F(Notify, NoSecretIsKeptAndFilesArePrivate)
{
    ASSERT_TRUE(notifier.add({"team", server.url(), {}}));
    ASSERT_TRUE(notifier.enqueue(apply()));
    server.answer(500);
    send();
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        if (!entry.is_regular_file())
            continue;
        ++files;
        std::ifstream in(entry.path());
        std::string text((std::istreambuf_iterator<char>(in)), {});
        EXPECT_EQ(text.find(kSecretText), std::string::npos) << entry.path();
        EXPECT_EQ(fs::status(entry.path()).permissions() & fs::perms::others_all, fs::perms::none)
            << entry.path();
    }
    EXPECT_GE(files, 2u);
    server.answer(200);
    EXPECT_EQ(send(kNow + kMinute, "").delivered, 1u);
    EXPECT_EQ(server.requests().back().find("X-Sextant-Signature"), std::string::npos);
}

TEST_F(Notify, WhatCanBeNoWebhookIsRefused)
{
    for (const char* url : {"", "ftp://a", "http://", "https:///x", "http://a b", "http://a\r\nX: y"})
        EXPECT_EQ(notifier.add({"x", url, {}}).error().code, ErrorCode::InvalidArgument) << url;
    for (const char* name : {"", "a b", "../a", "a/b"})
        EXPECT_EQ(notifier.add({name, "http://a", {}}).error().code, ErrorCode::InvalidArgument) << name;
    ASSERT_TRUE(notifier.add({"x", "http://a", {}}));
    EXPECT_EQ(notifier.add({"x", "http://b", {}}).error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(notifier.remove("y").error().code, ErrorCode::NotFound);
    folder.write("notify/queue/1-torn.json", "{");
    auto torn = notifier.deliveries().value();
    ASSERT_EQ(torn.size(), 1u);
    EXPECT_TRUE(torn[0].failed) << "what can't be read is listed";
}

} // namespace

} // namespace sextant::registry
