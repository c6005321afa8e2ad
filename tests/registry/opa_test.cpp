// Policies of Open Policy Agent: the shapes of its answers, what is no answer, and the real program.
#include "core/registry/gates/engine.h"
#include "core/registry/gates/gather.h"
#include "tests/registry/gate_world.h"
#include "tests/registry/http_server.h"
#include "tests/store/temporary_folder.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <spawn.h>
#include <sys/wait.h>

namespace sextant::registry {

namespace {

Gate opaGate(const std::string& how)
{
    auto gate = parseGate(
        R"({"schema":"sextant.gate/1","name":"g","opa":{)" + how + R"(,"path":"gates/better"}})", "It");
    EXPECT_TRUE(gate) << gate.error().message;
    return gate.value_or(Gate{});
}

Gate serverGate(const std::string& url)
{
    return opaGate(R"("url":")" + url + '"');
}

GateResult answered(const std::string& answer)
{
    auto result = readOpaAnswer(serverGate("http://x"), someFacts(), answer);
    EXPECT_TRUE(result) << answer;
    return result.value_or(GateResult{.allow = true});
}

TEST(OpaAnswers, UndefinedAndUnknownFail)
{
    EXPECT_TRUE(answered(R"({"result":true})").allow);
    EXPECT_FALSE(answered(R"({"result":false})").allow);
    for (const char* answer :
         {R"({})", R"({"decision_id":"1"})", R"({"result":null})", R"({"result":"true"})", R"({"result":1})",
          R"({"result":{}})", R"({"result":{"deny":[]}})", R"({"result":{"allow":"true"}})",
          R"({"result":[true]})"}) {
        auto result = answered(answer);
        EXPECT_FALSE(result.allow) << answer;
        EXPECT_EQ(result.clauses.at(0).verdict, Verdict::Missing) << answer;
    }
    for (const char* broken : {"", "[]", "true", R"({"result":true,"result":true})",
                               R"({"result":{"allow":true,"deny":"no"}})", R"({"result":true}x)"})
        EXPECT_FALSE(readOpaAnswer(serverGate("http://x"), someFacts(), broken)) << broken;
}

TEST(OpaAnswers, WhatIsDeniedAndWarned)
{
    auto result = answered(
        R"({"result":{"allow":true,"deny":[{"id":"auc","msg":"too low","observed":0.5,"expected":"0.8"}],
        "warn":["look at the latency"]},"provenance":{"version":"1.4.2","bundles":{}}})");
    EXPECT_FALSE(result.allow) << "what is denied counts more";
    ASSERT_EQ(result.clauses.size(), 2u);
    EXPECT_EQ(result.clauses[0].id, "auc");
    EXPECT_EQ(result.clauses[0].message, "too low");
    EXPECT_EQ(result.clauses[0].number, 0.5);
    EXPECT_EQ(result.clauses[1].verdict, Verdict::Warn);
    EXPECT_EQ(result.clauses[1].message, "look at the latency");
    EXPECT_EQ(result.engineVersion, "1.4.2");
    EXPECT_NE(formatGateResult(result).find(R"("provenance":{"version":"1.4.2","bundles":{}})"),
              std::string::npos);
    auto warned = answered(R"({"result":{"allow":true,"warn":["w"]}})");
    EXPECT_TRUE(warned.allow);
    EXPECT_EQ(warned.clauses.size(), 2u);
    EXPECT_EQ(warned.clauses[0].id, "allow");
}

class OpaServer : public testing::Test
{
protected:
    OpaServer() { setenv("no_proxy", "127.0.0.1", 1); }
    Result<GateResult> ask(EngineOptions options = {})
    {
        return evaluateGate(serverGate(server.url()), someFacts(), options, {});
    }
    test::HttpServer server;
};

TEST_F(OpaServer, IsAskedWithTheFacts)
{
    server.answer(200, R"({"result":true})");
    auto result = ask();
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_TRUE(result->allow);
    EXPECT_EQ(result->inputDigest, digestOfFacts(someFacts()));
    auto request = server.requests().at(0);
    EXPECT_TRUE(request.starts_with("POST /v1/data/gates/better?provenance=true HTTP/1.1")) << request;
    EXPECT_TRUE(request.ends_with("\r\n\r\n{\"input\":" + formatFacts(someFacts()) + "}"));
}

TEST_F(OpaServer, NoAnswerAllowsNothing)
{
    server.answer(500, R"({"code":"internal_error","message":"boom"})");
    auto failed = ask();
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().message.find("answered 500"), std::string::npos);
    EXPECT_EQ(failed.error().detail, "boom");
    server.answer(200, "<html>");
    EXPECT_EQ(ask().error().code, ErrorCode::Corrupt);
    server.answer(200, R"({"result":")" + std::string(5'000'000, 'x') + "\"}");
    EXPECT_NE(ask().error().message.find("too large"), std::string::npos);
    server.answer(302);
    EXPECT_FALSE(ask()) << "no redirect is followed";
    server.beSilent();
    EXPECT_NE(ask({.timeoutMs = 200}).error().message.find("did not answer"), std::string::npos);
}

/// The real program, where it is: SEXTANT_OPA, or built once by tests/registry/opa.
class RealOpa : public testing::Test
{
protected:
    void SetUp() override
    {
        const char* named = std::getenv("SEXTANT_OPA");
        const char* cache = std::getenv("XDG_CACHE_HOME");
        const char* home = std::getenv("HOME");
        auto kept = (cache ? std::string(cache) : std::string(home ? home : "") + "/.cache") +
                    "/sextant-tests/opa/opa";
        m_program = named ? named : kept;
        if (!std::filesystem::exists(m_program))
            GTEST_SKIP() << "the real opa is not here: tests/registry/opa builds it where Go is, or name it "
                            "in SEXTANT_OPA";
        setenv("no_proxy", "127.0.0.1", 1);
        m_folder.write("better.rego", R"(package gates

better := {"allow": count(deny) == 0, "deny": deny, "warn": warn}

deny contains {"id": "auc", "msg": "AUC must grow", "observed": gain, "expected": "at least 0.005"} if {
    gain := input.candidate.metrics.auc - input.champion.metrics.auc
    gain < 0.005
}

warn contains "the holdout is new" if input.candidate.datasets[_].name == "holdout"

undefined_one if input.nothing.such

yes if input.model == "fraud"
)");
    }
    Gate programGate(const std::string& path)
    {
        return parseGate(R"({"schema":"sextant.gate/1","name":"g","opa":{"policy":"better.rego","path":")" +
                             path + R"("}})",
                         "It")
            .value();
    }
    Result<GateResult> run(const Gate& gate, const Facts& facts)
    {
        return evaluateGate(gate, facts, {.folder = m_folder.path().string(), .opaProgram = m_program}, {});
    }

    std::string m_program;
    test::TemporaryFolder m_folder;
};

TEST_F(RealOpa, EvaluatesAsAProgram)
{
    auto good = run(programGate("gates/better"), someFacts());
    ASSERT_TRUE(good) << good.error().message << "\n" << good.error().detail;
    EXPECT_TRUE(good->allow) << formatGateResult(*good);
    EXPECT_EQ(good->clauses.back().message, "the holdout is new");
    EXPECT_FALSE(good->engineVersion.empty());
    auto facts = someFacts();
    facts.candidate.metrics["auc"] = 0.5;
    auto bad = run(programGate("gates/better"), facts);
    ASSERT_TRUE(bad);
    EXPECT_FALSE(bad->allow);
    EXPECT_EQ(bad->clauses.at(0).id, "auc");
    EXPECT_NEAR(*bad->clauses.at(0).number, -0.06, 1e-9);
    EXPECT_TRUE(run(programGate("gates/yes"), facts)->allow);
    auto undefined = run(programGate("gates/undefined_one"), facts);
    ASSERT_TRUE(undefined);
    EXPECT_FALSE(undefined->allow);
    EXPECT_EQ(undefined->clauses.at(0).verdict, Verdict::Missing);
    EXPECT_FALSE(run(programGate("gates/none"), facts)->allow);
    m_folder.write("better.rego", "package gates\nbetter = {");
    EXPECT_FALSE(run(programGate("gates/better"), facts)) << "a broken policy allows nothing";
}

TEST_F(RealOpa, AnswersAsAServer)
{
    int port = 0;
    {
        test::HttpServer free; // a port that nobody has
        port = std::atoi(free.url().substr(free.url().rfind(':') + 1).c_str());
    }
    auto address = "127.0.0.1:" + std::to_string(port);
    auto policy = m_folder / "better.rego";
    std::array<char*, 7> arguments{m_program.data(),
                                   const_cast<char*>("run"),
                                   const_cast<char*>("--server"),
                                   const_cast<char*>("--addr"),
                                   address.data(),
                                   policy.data(),
                                   nullptr};
    pid_t pid = 0;
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", 1 /* O_WRONLY */, 0);
    ASSERT_EQ(posix_spawn(&pid, m_program.c_str(), &quiet, nullptr, arguments.data(), environ), 0);
    posix_spawn_file_actions_destroy(&quiet);
    auto gate = serverGate("http://" + address);
    Result<GateResult> result = ::sextant::fail(ErrorCode::Io, "not yet");
    for (int i = 0; i < 200'000 && !result; ++i) // until it listens
        result = evaluateGate(gate, someFacts(), {}, {});
    ::kill(pid, SIGTERM);
    ::waitpid(pid, nullptr, 0);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_TRUE(result->allow) << formatGateResult(*result);
    EXPECT_FALSE(result->engineVersion.empty()) << result->provenance;
}

TEST(OpaProgram, WhatCanNotRunAllowsNothing)
{
    test::TemporaryFolder folder;
    folder.write("p.rego", "package p");
    EngineOptions options{.folder = folder.path().string(), .opaProgram = folder / "no-opa"};
    auto gate = opaGate(R"("policy":"p.rego")");
    EXPECT_EQ(evaluateGate(gate, someFacts(), options, {}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(evaluateGate(gate, someFacts(), {}, {}).error().code, ErrorCode::InvalidArgument)
        << "a gate by itself runs nothing";
    options.opaProgram = "/bin/true";
    EXPECT_EQ(evaluateGate(gate, someFacts(), options, {}).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(evaluateGate(opaGate(R"("policy":"none.rego")"), someFacts(), options, {}).error().code,
              ErrorCode::NotFound);
    EXPECT_EQ(evaluateGate(opaGate(R"("policy":"../p.rego")"), someFacts(), options, {}).error().code,
              ErrorCode::InvalidArgument);
}

} // namespace

} // namespace sextant::registry
