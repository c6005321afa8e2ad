// Keys: made, encrypted, opened, listed, trusted; and that no secret is left lying about.
#include "core/ledger/key_folder.h"
#include "tests/ledger/ledger_world.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sys/stat.h>

namespace sextant::ledger {

namespace {

const Secret& passphrase()
{
    static const Secret kPassphrase("correct horse battery");
    return kPassphrase;
}

TEST(Keys, EncryptedAndOpenedAgain)
{
    auto key = PrivateKey::generate("ann").value();
    auto pem = key.toPem(passphrase()).value();
    EXPECT_TRUE(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    auto opened = PrivateKey::fromPem("ann", pem, passphrase());
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(opened->publicKey(), key.publicKey());
    EXPECT_TRUE(key.publicKey().verify("message", opened->sign("message").value()));
    EXPECT_FALSE(key.publicKey().verify("massage", opened->sign("message").value()));
    EXPECT_FALSE(key.publicKey().verify("message", "short"));
    EXPECT_EQ(PrivateKey::fromPem("ann", pem, Secret("wrong horse battery")).error().code,
              ErrorCode::PermissionDenied);
    EXPECT_EQ(key.toPem(Secret("short")).error().code, ErrorCode::InvalidArgument);
}

TEST(Keys, WhatIsNoEncryptedKeyIsRefused)
{
    auto pem = PrivateKey::generate("ann").value().toPem(passphrase()).value();
    for (const std::string& wrong :
         {std::string(), std::string("x"), pem.substr(0, pem.size() / 2), std::string(20'000, 'x'),
          std::string("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAA\n-----END PRIVATE KEY-----\n")})
        EXPECT_EQ(PrivateKey::fromPem("ann", wrong, passphrase()).error().code, ErrorCode::Corrupt);
}

TEST(Keys, OpenSslReadsThemToo)
{
    if (std::system("command -v openssl >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "there is no openssl program";
    TemporaryFolder folder;
    KeyFolder keys(folder / "keys");
    auto made = keys.create("ann", {}, "", passphrase()).value();
    auto line = "SEXTANT_TEST_PASS='correct horse battery' openssl pkey -in " + folder / "keys/ann.pem" +
                " -passin env:SEXTANT_TEST_PASS -pubout -outform DER -out " + folder / "public.der" +
                " 2>/dev/null";
    ASSERT_EQ(std::system(line.c_str()), 0);
    EXPECT_TRUE(test::contentOf(folder / "public.der").ends_with(made.key.bytes()));
}

TEST(Keys, TheFolderIsForItsOwnerAlone)
{
    TemporaryFolder folder;
    KeyFolder keys(folder / "keys");
    EXPECT_TRUE(keys.list().value().empty());
    auto made = keys.create("ann", {"requester", "approver"}, "ann.lee", passphrase());
    ASSERT_TRUE(made) << made.error().message;
    struct stat status;
    ASSERT_EQ(::stat((folder / "keys").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u);
    ASSERT_EQ(::stat((folder / "keys/ann.pem").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    EXPECT_EQ(keys.list().value().size(), 1u);
    EXPECT_EQ(formatTrustedKey(keys.publicKey("ann").value()), formatTrustedKey(*made));
    EXPECT_EQ(keys.open("ann", passphrase()).value().publicKey(), made->key);
    EXPECT_EQ(keys.create("ann", {}, "", passphrase()).error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(keys.open("ann", passphrase()).value().publicKey(), made->key) << "never replaced";
    ::chmod((folder / "keys/ann.pem").c_str(), 0644);
    EXPECT_EQ(keys.open("ann", passphrase()).error().code, ErrorCode::PermissionDenied);
    EXPECT_EQ(keys.open("bob", passphrase()).error().code, ErrorCode::NotFound);
}

TEST(Keys, NamesThatLeadElsewhereAreRefused)
{
    TemporaryFolder folder;
    KeyFolder keys(folder / "keys");
    for (const char* name : {"", "../ann", "a/b", ".hidden", "-rf", "a b", "a+b", "a\nb", "\xff"}) {
        EXPECT_EQ(keys.create(name, {}, "", passphrase()).error().code, ErrorCode::InvalidArgument) << name;
        EXPECT_FALSE(keys.open(name, passphrase())) << name;
    }
    EXPECT_FALSE(keys.create("ann", {"Big Boss"}, "", passphrase()));
    EXPECT_FALSE(keys.create("ann", {}, "ann lee", passphrase()));
    EXPECT_FALSE(keys.create("ann", {}, "", Secret("short")));
    EXPECT_FALSE(std::filesystem::exists(folder / "keys/ann.pem"));
}

TEST(Keys, PublicKeysAsText)
{
    auto key = LedgerWorld::key("ann").publicKey();
    EXPECT_EQ(PublicKey::parse(key.text()).value(), key);
    auto text = key.text();
    for (const std::string& wrong :
         {std::string(), std::string("ann"), std::string("ann+00000000"), "bob" + text.substr(3),
          text.substr(0, text.size() - 4), text + "AAAA", std::string("+530d903a+AekyeRrm"),
          "a b" + text.substr(3), std::string(300, 'a') + text.substr(3)})
        EXPECT_FALSE(PublicKey::parse(wrong)) << wrong;
    EXPECT_NE(key.noteId(KeyUse::Note), key.noteId(KeyUse::Cosignature));
}

TEST(TrustedKeys, WrittenAndReadAgain)
{
    auto text = LedgerWorld::everybody().format() +
                formatTrustedKey({LedgerWorld::key("eve").publicKey(),
                                  {"approver"},
                                  "eve.long",
                                  {{"", 2}},
                                  {{"", 90}, {"risk/fraud", 12}}}) +
                "\n";
    auto keys = TrustedKeys::parse("# who is who\n\n" + text, "It");
    ASSERT_TRUE(keys) << keys.error().message;
    EXPECT_EQ(keys->format(), text);
    const auto* eve = keys->named("eve");
    ASSERT_TRUE(eve);
    EXPECT_FALSE(eve->validAt("risk/fraud", 1));
    EXPECT_TRUE(eve->validAt("risk/fraud", 11));
    EXPECT_FALSE(eve->validAt("risk/fraud", 12));
    EXPECT_TRUE(eve->validAt("risk/churn", 89));
    EXPECT_FALSE(eve->validAt("risk/churn", 90));
    EXPECT_FALSE(keys->named("nobody"));
}

TEST(TrustedKeys, WrongLinesAreNamed)
{
    auto ann = LedgerWorld::key("ann").publicKey().text();
    for (const std::string& wrong :
         {ann, ann + " Approver", ann + " approver,", ann + " approver until=x", ann + " approver until=-1",
          ann + " approver until=1 until=2", ann + " approver person=", ann + " approver colour=red",
          std::string("ann approver")}) {
        auto keys = TrustedKeys::parse("# one\n" + wrong + "\n", "The file");
        ASSERT_FALSE(keys) << wrong;
        EXPECT_TRUE(keys.error().message.starts_with("Line 2 of The file: ")) << keys.error().message;
    }
    auto line = ann + " approver\n";
    EXPECT_FALSE(TrustedKeys::parse(line + line, "It")) << "one key once";
    auto renamed = PublicKey::fromBytes("anna", LedgerWorld::key("ann").publicKey().bytes()).value().text();
    EXPECT_FALSE(TrustedKeys::parse(line + renamed + " approver\n", "It")) << "one key, one name";
    EXPECT_FALSE(TrustedKeys::parse("\xff", "It"));
    EXPECT_FALSE(TrustedKeys::parse(std::string(2'000'000, '#'), "It"));
}

TEST(Secret, MovesAndIsWiped)
{
    Secret first("passphrase");
    Secret second(std::move(first));
    EXPECT_EQ(second.view(), "passphrase");
    second = Secret("another");
    EXPECT_EQ(second.view(), "another");
    second.wipe();
    EXPECT_TRUE(second.empty());
}

} // namespace

} // namespace sextant::ledger
