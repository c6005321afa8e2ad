// `sextant keys …`: keys of one's own, and whom to trust.
#include "app/cli/command.h"
#include "app/cli/display.h"
#include "app/cli/options.h"
#include "app/cli/signing.h"

#include "core/base/text.h"

#include <algorithm>

namespace sextant::cli {

namespace {

using Kind = RecordField::Kind;
using namespace ledger;

constexpr std::size_t kMostKeyFile = 16 * 1024;

struct KeyOptions
{
    std::string name, person, log, keysFile, at, origin;
    std::vector<std::string> roles;
    SigningOptions signing;
};

nlohmann::ordered_json recordOf(const TrustedKey& key, bool own, bool trusted)
{
    nlohmann::ordered_json until = nlohmann::ordered_json::object();
    for (const auto& [origin, index] : key.until)
        until[origin.empty() ? "*" : origin] = index;
    return {{"name", key.key.name()},
            {"key_id", key.key.id()},
            {"roles", std::vector(key.roles.begin(), key.roles.end())},
            {"person", key.person},
            {"own", own ? "yes" : ""},
            {"trusted", trusted ? "yes" : ""},
            {"until", until},
            {"public_key", key.key.text()}};
}

RecordList keyList()
{
    return {"key",
            "keys",
            {{"name", "NAME"},
             {"key_id", "ID"},
             {"roles", "ROLES", Kind::List},
             {"person", "PERSON"},
             {"own", "OWN"},
             {"trusted", "TRUSTED"},
             {"until", "UNTIL", Kind::Map},
             {"public_key", ""}},
            {}};
}

void print(Context& context, const TrustedKey& key, bool own, bool trusted)
{
    auto list = keyList();
    list.records.push_back(recordOf(key, own, trusted));
    list.write(context.sink(), context.format(), context.screenWidth());
}

/// The user's list, empty when there is none yet.
Result<TrustedKeys> listOrNone(const std::string& file)
{
    auto keys = readTrustedKeys(file);
    if (!keys && keys.error().code == ErrorCode::NotFound)
        return TrustedKeys();
    return keys;
}

Result<int> createKey(Context& context, const KeyOptions& options)
{
    KeyFolder folder(defaultKeyFolder());
    if (folder.publicKey(options.name))
        return fail(ErrorCode::AlreadyExists, "There is a key '" + options.name + "' already",
                    "Choose another name; a key is never replaced");
    SEXTANT_TRY(auto passphrase, readPassphrase(context, options.name, true));
    SEXTANT_TRY(auto key, folder.create(options.name, {options.roles.begin(), options.roles.end()},
                                        options.person, passphrase));
    print(context, key, true, false);
    return kDone;
}

Result<int> listKeys(Context& context, const KeyOptions& options)
{
    SEXTANT_TRY(auto own, KeyFolder(defaultKeyFolder()).list());
    auto trusted = options.keysFile.empty() ? listOrNone({}) : readTrustedKeys(options.keysFile);
    if (!trusted)
        return forward(trusted);
    auto list = keyList();
    for (const auto& key : own)
        if (!trusted->find(key.key.id()))
            list.records.push_back(recordOf(key, true, false));
    for (const auto& key : trusted->keys()) {
        bool mine =
            std::any_of(own.begin(), own.end(), [&](const TrustedKey& o) { return o.key == key.key; });
        list.records.push_back(recordOf(key, mine, true));
    }
    list.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

Result<int> exportKey(Context& context, const KeyOptions& options)
{
    SEXTANT_TRY(auto key, KeyFolder(defaultKeyFolder()).publicKey(options.name));
    context.sink().write(formatTrustedKey(key) + "\n");
    return kDone;
}

/// A key as it was named: one of one's own, the line itself, or a file that holds the line.
Result<TrustedKey> keyNamed(const KeyOptions& options)
{
    auto own = KeyFolder(defaultKeyFolder()).publicKey(options.name);
    std::string line = own ? formatTrustedKey(*own) : options.name;
    if (!own && options.name.find('+') == std::string::npos) {
        SEXTANT_TRY(line, readTextFile(options.name, kMostKeyFile));
    }
    if (!options.roles.empty() && trim(line).find(' ') == std::string_view::npos)
        line = std::string(trim(line)) + " " + options.roles.front(); // a bare public key
    SEXTANT_TRY(auto key, parseTrustedKey(trim(line)));
    if (!options.roles.empty())
        key.roles = {options.roles.begin(), options.roles.end()};
    if (!options.person.empty())
        key.person = options.person;
    SEXTANT_CHECK(parseTrustedKey(formatTrustedKey(key))); // roles and person are words
    return key;
}

Result<int> trustKey(Context& context, const KeyOptions& options)
{
    SEXTANT_TRY(auto key, keyNamed(options));
    if (!options.log.empty()) {
        SEXTANT_TRY(auto opened, openLogForWriting(context, options.log, options.signing));
        auto line = formatTrustedKey(key);
        SEXTANT_CHECK(opened.log.append({.kind = ActKind::KeyAdded,
                                         .subject = {key.key.name(), sha256(key.key.text())},
                                         .reason = options.signing.reason,
                                         .keyLine = line},
                                        opened.key));
        SEXTANT_CHECK(keepPin(opened.log.checkpoint().origin, opened.log.note()));
    } else {
        SEXTANT_TRY(auto trusted, listOrNone(options.signing.keysFile));
        SEXTANT_CHECK(trusted.add(key));
        auto file = options.signing.keysFile.empty() ? defaultTrustedKeysFile() : options.signing.keysFile;
        SEXTANT_CHECK(writeTextFile(file, trusted.format()));
    }
    print(context, key, false, true);
    return kDone;
}

Result<int> revokeInLog(Context& context, const KeyOptions& options)
{
    SEXTANT_TRY(auto opened, openLogForWriting(context, options.log, options.signing));
    const auto& keys = opened.log.state().keys();
    const auto* key = keys.find(options.name) ? keys.find(options.name) : keys.named(options.name);
    if (!key)
        return fail(ErrorCode::NotFound, "This log knows no key '" + toUtf8(options.name) + "'",
                    "`sextant keys list` shows those you trust");
    auto id = key->key.id();
    SEXTANT_CHECK(opened.log.append({.kind = ActKind::KeyRevoked,
                                     .subject = {key->key.name(), sha256(key->key.text())},
                                     .reason = options.signing.reason,
                                     .keyLine = id},
                                    opened.key));
    SEXTANT_CHECK(keepPin(opened.log.checkpoint().origin, opened.log.note()));
    print(context, *opened.log.state().keys().find(id), false, true);
    return kDone;
}

Result<int> revokeKey(Context& context, const KeyOptions& options)
{
    if (!options.log.empty())
        return revokeInLog(context, options);
    SEXTANT_TRY(auto trusted, readTrustedKeys(options.signing.keysFile));
    const auto* named = trusted.find(options.name) ? trusted.find(options.name) : trusted.named(options.name);
    if (!named)
        return fail(ErrorCode::NotFound, "The list has no key '" + toUtf8(options.name) + "'",
                    "`sextant keys list` shows all");
    auto* key = trusted.find(named->key.id());
    auto field = "until=" + (options.origin.empty() ? "" : options.origin + "#") +
                 (options.at.empty() ? "0" : options.at);
    SEXTANT_TRY(auto revoked, parseTrustedKey(key->key.text() + " x " + field));
    for (const auto& [origin, index] : revoked.until) // earlier, never later
        key->until[origin] = key->until.contains(origin) ? std::min(key->until[origin], index) : index;
    auto file = options.signing.keysFile.empty() ? defaultTrustedKeysFile() : options.signing.keysFile;
    SEXTANT_CHECK(writeTextFile(file, trusted.format()));
    print(context, *key, false, true);
    return kDone;
}

Command createCommand()
{
    return {
        "keys create",
        "NAME",
        "Makes a key to sign with, encrypted with a passphrase",
        "The passphrase is asked for at the terminal, or taken from SEXTANT_PASSPHRASE. The key stays in\n"
        "the user's own folder (SEXTANT_KEYS, else ~/.config/sextant/keys); give others what\n"
        "`keys export` prints.",
        {"SEXTANT_PASSPHRASE='four words are better' sextant keys create ann --role admin --role approver "
         "--role witness",
         "SEXTANT_PASSPHRASE=better-long sextant keys create bob --role requester"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<KeyOptions>();
            addArgument(app, "NAME", options->name,
                        "Letters, digits and . _ @ -, beginning with a letter or digit");
            addTexts(app, "--role", "ROLE", options->roles,
                     "requester (default), approver, admin, witness or one of your own; may be repeated");
            addText(app, "--person", "WHO", options->person,
                    "Who holds it; keys of one person count once. Default: NAME");
            return [options](Context& context) { return createKey(context, *options); };
        }};
}

Command listCommand()
{
    return {"keys list",
            "",
            "Lists one's own keys and those that are trusted",
            "JSON: [{name, key_id, roles[], person, own, trusted, until{}, public_key}].",
            {"sextant keys list --format table"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<KeyOptions>();
                addText(app, "--keys", "FILE", options->keysFile,
                        "Whom to trust; else the list that `keys trust` keeps");
                return [options](Context& context) { return listKeys(context, *options); };
            }};
}

Command exportCommand()
{
    return {"keys export",
            "NAME",
            "Prints the public half of a key: the line that others trust",
            "",
            {"sextant keys export ann > ann.key"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<KeyOptions>();
                addArgument(app, "NAME", options->name, "A key of one's own");
                return [options](Context& context) { return exportKey(context, *options); };
            }};
}

Command trustCommand()
{
    return {
        "keys trust",
        "KEY",
        "Trusts a key, in one's own list or in a log",
        "In a list the key counts for everything the list is used for. With --log an admin adds it to that\n"
        "log: it counts from there on, for everybody who trusts the admin.",
        {"sextant keys trust ann.key", "sextant keys trust bob"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<KeyOptions>();
            addArgument(app, "KEY", options->name,
                        "A file or line as `keys export` writes them, or a key of one's own");
            addTexts(app, "--role", "ROLE", options->roles,
                     "Instead of the roles it comes with; may be repeated");
            addText(app, "--person", "WHO", options->person, "Who holds it; keys of one person count once");
            addText(app, "--log", "FOLDER", options->log, "Add it to this log, signed with --key");
            addSigning(app, options->signing);
            return [options](Context& context) { return trustKey(context, *options); };
        }};
}

Command revokeCommand()
{
    return {
        "keys revoke",
        "NAME",
        "Ends the validity of a key; what it signed before stays valid",
        "Validity counts entries of a log, because times can be made up. Without --at nothing it signed is\n"
        "believed any more; --at 12 keeps entries 0 to 11. With --log an admin, or who holds the key, ends\n"
        "it in that log from now on.",
        {"sextant keys revoke ann --at 12 --origin risk-team/fraud"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<KeyOptions>();
            addArgument(app, "NAME", options->name, "A trusted key, by name or id");
            addText(app, "--at", "INDEX", options->at,
                    "The first entry that it may not have signed, default 0");
            addText(app, "--origin", "ORIGIN", options->origin, "Of this log only");
            addText(app, "--log", "FOLDER", options->log, "Revoke it in this log, signed with --key");
            addSigning(app, options->signing);
            return [options](Context& context) { return revokeKey(context, *options); };
        }};
}

} // namespace

void addKeyCommands(std::vector<Command>& commands)
{
    commands.push_back(createCommand());
    commands.push_back(listCommand());
    commands.push_back(exportCommand());
    commands.push_back(trustCommand());
    commands.push_back(revokeCommand());
}

} // namespace sextant::cli
