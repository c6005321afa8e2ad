// The people around a log in tests: ann asks, bob and cat approve, dan is the admin, wim a witness; me has a
// key on this machine. Keys, list of trusted keys and pins are in the folder of the test.
#pragma once

#include "core/ledger/key_folder.h"
#include "core/ledger/trust.h"

#include <QDir>
#include <QFile>

namespace sextant::test {

inline constexpr const char* kMyPassphrase = "correct horse battery";

class People
{
public:
    explicit People(const QString& folder)
    {
        qputenv("SEXTANT_KEYS", (folder + "/keys").toUtf8());
        qputenv("XDG_STATE_HOME", (folder + "/state").toUtf8());
        QDir().mkpath(folder + "/keys");
        QFile::remove(QString::fromStdString(ledger::defaultTrustedKeysFile()));
        writeTrust();
    }

    static ledger::PrivateKey key(const std::string& name)
    {
        return ledger::PrivateKey::fromSeed(name, bytesOf(sha256("the key of " + name))).value();
    }

    /// Everybody is trusted; `me` has these roles.
    void writeTrust(const ledger::Roles& mine = {"approver", "requester", "witness"})
    {
        m_keys = {};
        const std::pair<const char*, const char*> people[] = {{"ann", "requester"},
                                                              {"bob", "approver"},
                                                              {"cat", "approver"},
                                                              {"dan", "admin"},
                                                              {"wim", "witness"}};
        for (const auto& [name, role] : people)
            (void)m_keys.add({key(name).publicKey(), {role}, std::string(name) + ".lee", {}, {}});
        ledger::KeyFolder folder(ledger::defaultKeyFolder());
        auto own = folder.publicKey("me");
        if (!own)
            own = folder.create("me", mine, "me.jones", ledger::Secret(kMyPassphrase));
        own->roles = mine;
        (void)m_keys.add(*own);
        saveTrust();
    }
    void saveTrust() const
    {
        QFile file(QString::fromStdString(ledger::defaultTrustedKeysFile()));
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArray::fromStdString(m_keys.format()));
    }
    const ledger::TrustedKeys& trusted() const { return m_keys; }

private:
    ledger::TrustedKeys m_keys;
};

} // namespace sextant::test
