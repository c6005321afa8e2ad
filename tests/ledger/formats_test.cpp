// Envelopes, notes, checkpoints, proofs and statements: published examples, and everything that must be
// refused.
#include "core/base/encoding.h"
#include "core/base/strict_json.h"
#include "core/ledger/act.h"
#include "core/ledger/envelope.h"
#include "core/ledger/log_proof.h"
#include "core/ledger/rules.h"
#include "tests/ledger/ledger_world.h"

#include <gtest/gtest.h>

namespace sextant::ledger {

namespace {

constexpr const char* kSpecKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr const char* kSpecNote =
    "This is an example message.\n\n"
    "— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

TEST(Encoding, HexAndBase64AreStrict)
{
    EXPECT_EQ(fromHex(toHex("\x01\xff z")), "\x01\xff z");
    for (const char* wrong : {"0", "0G", "AB", " 00"})
        EXPECT_FALSE(fromHex(wrong)) << wrong;
    for (const char* text : {"", "f", "fo", "foo", "foob", "fooba", "foobar", "\xff\xfe\xfd\x00"})
        EXPECT_EQ(fromBase64(toBase64(text)), text);
    EXPECT_EQ(toBase64("fooba"), "Zm9vYmE=");
    for (const char* wrong :
         {"Zg", "Zg=", "Zh==", "Zm9=", "Zm 9vYg==", "Zg==\n", "_-__", "=", "====", "Zg==Zg=="})
        EXPECT_FALSE(fromBase64(wrong)) << wrong;
}

TEST(StrictJson, OneMeaningOrNone)
{
    EXPECT_TRUE(parseStrictJson(R"({"a":[1,2.5,null,"ü"]})", "It"));
    for (const char* wrong : {"", "{", "{} {}", R"({"a":1,"a":1})", R"({"a":{"b":1,"b":2}})", "// x\n1",
                              "[1,]", "NaN", "1e999", "\"\xff\"", "\"\\ud800\""})
        EXPECT_FALSE(parseStrictJson(wrong, "It")) << wrong;
    EXPECT_FALSE(parseStrictJson(std::string(100'000, '['), "It"));
    EXPECT_FALSE(parseStrictJson(std::string(40, '[') + std::string(40, ']'), "It"));
    EXPECT_FALSE(parseStrictJson("[1]", "It", {2, 32}));
}

TEST(Note, TheExampleOfTheSpecification)
{
    auto key = PublicKey::parse(kSpecKey);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->text(), kSpecKey);
    EXPECT_EQ(key->id(), "example.com/foo+530d903a");
    auto note = parseNote(kSpecNote, "It");
    ASSERT_TRUE(note) << note.error().message;
    EXPECT_EQ(note->text, "This is an example message.\n");
    EXPECT_EQ(checkNote(*note, std::vector{*key}).fitting.size(), 1u);
    EXPECT_EQ(formatNote(*note), kSpecNote);
    note->text = "This is an example massage.\n";
    EXPECT_EQ(checkNote(*note, std::vector{*key}).broken.size(), 1u);
    EXPECT_EQ(checkNote(*note, {}).unknown.size(), 1u);
}

TEST(Note, WrongOnesAreRefused)
{
    std::string good = kSpecNote;
    for (const std::string& wrong :
         {std::string(), std::string("text\n"), std::string("text\n\n"), std::string("\n\n\n"),
          good.substr(0, good.size() - 1), good + "\n", good + "— a b\n",
          good + "- example.com/foo Uw2QOg==\n", "a\tb" + good, "\x01" + good, "\xff" + good,
          good + "—  Uw2QOkn8\n", good + "— a+b Uw2QOkn8\n", std::string(kMostNoteBytes, 'x') + good})
        EXPECT_FALSE(parseNote(wrong, "It")) << wrong.substr(0, 80);
    auto many = good;
    for (std::size_t i = 0; i < kMostNoteSignatures; ++i)
        many += "— x" + std::to_string(i) + " Uw2QOkn8srV1\n";
    EXPECT_FALSE(parseNote(many, "It"));
}

TEST(Checkpoint, ReadAndRefused)
{
    Checkpoint checkpoint{"risk/fraud", 12, sha256("x")};
    auto text = formatCheckpoint(checkpoint);
    EXPECT_EQ(parseCheckpoint(text, "It").value(), checkpoint);
    auto root = toBase64(bytesOf(checkpoint.root));
    for (const std::string& wrong :
         {"risk fraud\n12\n" + root + "\n", "risk/fraud\n012\n" + root + "\n",
          "risk/fraud\n-1\n" + root + "\n", "risk/fraud\n99999999999999999999\n" + root + "\n",
          "risk/fraud\n12\n" + root + "\nmore\n", std::string("risk/fraud\n12\nAAAA\n"),
          "\n12\n" + root + "\n", "cosignature/v1\n12\n" + root + "\n", std::string("x")})
        EXPECT_FALSE(parseCheckpoint(wrong, "It")) << wrong;
    auto key = LedgerWorld::key("ann");
    EXPECT_FALSE(signCheckpoint({"DSSEv1 x", 1, {}}, key)) << "no text that another message could begin with";
}

TEST(Checkpoint, WitnessesSignATime)
{
    auto key = LedgerWorld::key("ann"), witness = LedgerWorld::key("wim");
    auto note = signCheckpoint({"risk/fraud", 3, sha256("x")}, key).value();
    ASSERT_TRUE(addCosignature(note, witness, 1'700'000'000'999));
    auto read = parseNote(formatNote(note), "It").value();
    const auto& line = read.signatures.at(1);
    EXPECT_EQ(cosignatureTime(read, line, witness.publicKey()), 1'700'000'000'000);
    EXPECT_FALSE(cosignatureTime(read, read.signatures[0], witness.publicKey()));
    EXPECT_FALSE(cosignatureTime(read, line, key.publicKey()));
    auto earlier = line;
    earlier.bytes[7] ^= 1;
    EXPECT_FALSE(cosignatureTime(read, earlier, witness.publicKey())) << "the time is signed too";
    EXPECT_EQ(checkNote(read, std::vector{witness.publicKey()}).unknown.size(), 2u)
        << "a witness's line is not one of the log's writer";
}

TEST(Envelope, WhatIsSigned)
{
    EXPECT_EQ(signedBytes("http://example.com/HelloWorld", "hello world"),
              "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    auto key = LedgerWorld::key("ann");
    Envelope envelope{"text/plain", std::string("a\0b", 3), {}};
    ASSERT_TRUE(addSignature(envelope, key));
    auto read = parseEnvelope(formatEnvelope(envelope).value(), "It");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->payload, envelope.payload);
    EXPECT_TRUE(verify(*read, read->signatures[0], key.publicKey()));
    read->payloadType = "text/plain2";
    EXPECT_FALSE(verify(*read, read->signatures[0], key.publicKey()));
    envelope.payload.assign(kMostEntryBytes, 'x');
    EXPECT_FALSE(formatEnvelope(envelope));
}

TEST(Envelope, WrongOnesAreRefused)
{
    std::string signature = R"({"keyid":"k","sig":"AAAA"})";
    auto with = [](const std::string& type, const std::string& payload, const std::string& signatures) {
        return R"({"payloadType":)" + type + R"(,"payload":)" + payload + R"(,"signatures":)" + signatures +
               "}";
    };
    EXPECT_TRUE(parseEnvelope(with("\"t\"", "\"AAAA\"", "[" + signature + "]"), "It"));
    std::string many = signature;
    for (std::size_t i = 0; i < kMostEnvelopeSignatures; ++i)
        many += "," + signature;
    for (const std::string& wrong :
         {std::string("[]"), std::string("{}"), with("1", "\"AAAA\"", "[" + signature + "]"),
          with("\"t\"", "\"AAA\"", "[" + signature + "]"), with("\"t\"", "\"AAB=\"", "[" + signature + "]"),
          with("\"t\"", "\"AAAA\"", "[]"), with("\"t\"", "\"AAAA\"", "[1]"), with("\"t\"", "\"AAAA\"", "{}"),
          with("\"t\"", "\"AAAA\"", "[{\"keyid\":\"k\"}]"), with("\"t\"", "\"AAAA\"", "[" + many + "]"),
          with("\"t\"", "\"AAAA\"", R"([{"keyid":"k","sig":"AAAA","more":1}])"),
          with("\"t\"", "\"AAAA\",\"payload\":\"BBBB\"", "[" + signature + "]"),
          with("\"t\"", "\"AAAA\",\"more\":1", "[" + signature + "]"), with("\"t\"", "[[[[[[]]]]]]", "[]")})
        EXPECT_FALSE(parseEnvelope(wrong, "It")) << wrong;
}

TEST(Proof, WrittenReadAndChecked)
{
    MerkleTree tree;
    for (int i = 0; i < 11; ++i)
        tree.append(leafHash("entry " + std::to_string(i)));
    auto key = LedgerWorld::key("ann");
    LogProof proof{"extra", 6, tree.inclusionProof(6, 11),
                   signCheckpoint({"risk/fraud", 11, tree.root()}, key).value()};
    auto text = formatProof(proof);
    EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nextra ZXh0cmE=\nindex 6\n"));
    auto read = parseProof(text, "It");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(formatProof(*read), text);
    std::vector keys{key.publicKey()};
    EXPECT_EQ(verifyProof(*read, "entry 6", keys).value().size, 11u);
    EXPECT_FALSE(verifyProof(*read, "entry 5", keys));
    EXPECT_FALSE(verifyProof(*read, "entry 6", {}));
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto torn = text;
        torn[i] ^= 1;
        auto reread = parseProof(torn, "It");
        accepted += reread && reread->extra == proof.extra && verifyProof(*reread, "entry 6", keys);
    }
    EXPECT_EQ(accepted, 0u);
    for (const char* wrong : {"", "\n\n", "c2sp.org/tlog-proof@v1\n\n",
                              "c2sp.org/tlog-proof@v1\nindex -1\n\n", "c2sp.org/tlog-proof@v2\nindex 1\n\n"})
        EXPECT_FALSE(parseProof(wrong, "It")) << wrong;
}

TEST(Act, EveryFieldComesBack)
{
    Act act{.kind = ActKind::Transition,
            .index = 7,
            .previous = sha256("before"),
            .origin = "risk/fraud",
            .actor = "ann+00000000",
            .time = 1'700'000'000'000,
            .subject = {"fraud/5", sha256("five")},
            .inputs = {{"report", sha256("r")}},
            .reason = "better – by far",
            .request = 3,
            .target = "alias:champion",
            .from = {"fraud/3"},
            .to = "fraud/5",
            .leaves = {"stage:Staging"},
            .author = "zoe",
            .gate = "g",
            .passed = false,
            .expires = 1'800'000'000'000,
            .emergency = true,
            .keyLine = "k",
            .details = R"({"b":1,"a":[2]})"};
    auto text = formatAct(act);
    ASSERT_TRUE(text) << text.error().message;
    auto read = parseAct(*text, "It");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(formatAct(*read).value(), *text);
    EXPECT_EQ(read->request, act.request);
    EXPECT_EQ(read->passed, act.passed);
    EXPECT_EQ(read->expires, act.expires);
    EXPECT_EQ(read->from, act.from);
    EXPECT_EQ(read->inputs, act.inputs);
    EXPECT_EQ(read->details, act.details);
    EXPECT_NE(text->find("\"_type\":\"https://in-toto.io/Statement/v1\""), std::string::npos);
    act.reason = "\xff";
    EXPECT_FALSE(formatAct(act));
    act.reason = "";
    act.details = "[]";
    EXPECT_FALSE(formatAct(act));
}

TEST(Act, WrongStatementsAreRefused)
{
    Act act{.kind = ActKind::Comment,
            .origin = "a/b",
            .actor = "x",
            .subject = {"s", sha256("s")},
            .reason = "why"};
    auto good = formatAct(act).value();
    auto changed = [&](const std::string& from, const std::string& to) {
        auto text = good;
        auto at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    };
    EXPECT_TRUE(parseAct(good, "It"));
    for (const auto& wrong :
         {changed("\"seq\":0", "\"seq\":-1"), changed("\"seq\":0", "\"seq\":0.5"),
          changed("\"seq\":0", "\"seq\":1e3"), changed("\"seq\":0", "\"seq\":99999999999999999999"),
          changed("\"seq\":0,", ""), changed("\"why\"", "7"), changed("\"why\"", "\"a\",\"reason\":\"b\""),
          changed("Statement/v1", "Statement/v2"), changed("\"claimedTime\":0", "\"claimedTime\":\"0\""),
          changed("sha256\":\"", "sha256\":\"0"), changed("\"subject\":[", "\"subject\":[1,")})
        EXPECT_EQ(parseAct(wrong, "It").error().code, ErrorCode::Corrupt) << wrong;
    EXPECT_EQ(parseAct(changed(":comment:", ":dance:"), "It").error().code, ErrorCode::Unsupported);
    EXPECT_EQ(parseAct(changed("\"reason\"", "\"mood\""), "It").error().code, ErrorCode::Unsupported);
}

TEST(Rules, ReadAndRefused)
{
    auto rules = Rules::parse(
        R"({"schema":"sextant.rules/1","targets":{"alias:champion":{"approvals":2,"gates":["better"],
        "approve":["approver","risk"],"witness":true,"freeze":[{"from":"2026-12-20","to":"2027-01-02","why":"holidays"}]},
        "*":{"approvals":1}}})",
        "It");
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(rules->of("alias:champion").approvals, 2u);
    EXPECT_TRUE(rules->of("alias:champion").witness);
    EXPECT_EQ(rules->of("alias:champion").freezes.at(0).why, "holidays");
    EXPECT_EQ(rules->of("stage:Staging").approvals, 1u);
    EXPECT_EQ(Rules().of("x").approvals, 1u) << "without rules one other person must agree";
    for (const char* fields :
         {R"("aprovals":2)", R"("approvals":-1)", R"("approvals":1000)", R"("approve":[])",
          R"("approve":["Big Boss"])", R"("approve":"approver")", R"("gates":[1])", R"("gates":{})",
          R"("witness":1)", R"("freeze":[{"from":2,"to":1}])", R"("freeze":[{"from":1}])"})
        EXPECT_FALSE(Rules::parse(
            R"({"schema":"sextant.rules/1","targets":{"*":{)" + std::string(fields) + "}}}", "It"))
            << fields;
    for (const char* wrong : {"", "[]", "{}", R"({"schema":"sextant.rules/2","targets":{}})",
                              R"({"schema":"sextant.rules/1","targets":[]})",
                              R"({"schema":"sextant.rules/1","targets":{},"more":1})"})
        EXPECT_FALSE(Rules::parse(wrong, "It")) << wrong;
}

} // namespace

} // namespace sextant::ledger
