// AuditRunner: does the work of the Audit page in jobs: which models have a log, verifying one, pinning and
// witnessing it. Keeps no verdict. GUI thread only.
#pragma once

#include "core/ledger/secret.h"
#include "ui/audit/audit_items_model.h"
#include "ui/shell/page.h"

#include <QElapsedTimer>

namespace sextant {

/// What is to be verified: a model's log in the open store, or a folder chosen by hand.
struct AuditWish
{
    QString model;
    QString folder; // where it is not empty, it and nothing else
    QString keysFile;
    bool empty() const { return model.isEmpty() && folder.isEmpty(); }
    bool operator==(const AuditWish&) const = default;
};

class AuditRunner final : public QObject
{
    Q_OBJECT
public:
    explicit AuditRunner(PageContext& context, QObject* parent = nullptr);

    void list();
    void verify(const AuditWish& wish);
    void cancel();
    bool busy() const { return m_busy; }
    bool listing() const { return m_listing; }

    /// Signs the checkpoint of a log as a witness, if it still verifies.
    void witness(const AuditPtr& audit, const QString& keyName, ledger::Secret passphrase);
    bool witnessing() const { return m_witnessing; }

    /// Looks whether the log and the holders are still those that were verified; outdated() when not.
    void checkFresh(const AuditPtr& audit);

signals:
    void listed(const QStringList& models);
    void progressed(const QString& activity, quint64 done, quint64 total);
    void verified(const sextant::AuditPtr& audit);
    void failed(const sextant::Error& error); // of list and verify; Cancelled too
    void outdated();
    void witnessed();
    void witnessFailed(const sextant::Error& error);

private:
    void verifySubject(registry::AuditSubject subject, const std::string& keysFile);
    void end(const Error& error);

    PageContext& m_context;
    quint64 m_job = 0;
    bool m_busy = false;
    bool m_listing = false;
    bool m_witnessing = false;
};

} // namespace sextant
