// DeskWork: the jobs of the promotion desk: reading what waits and one case, and every act that is signed.
// One act at a time. GUI thread only.
#pragma once

#include "core/ledger/secret.h"
#include "ui/registry/desk_data.h"
#include "ui/shell/session.h"

namespace sextant {

/// One act on a promotion, or a new one.
struct DeskWish
{
    enum class Kind {
        Approve,
        ApproveAndApply,
        Reject,
        Apply,
        Comment,
        Withdraw,
        Waive,
        Gates,
        Rollback,
        Resume,
        Request,
        Emergency,
        Begin
    };
    Kind kind = Kind::Comment;
    std::string model;
    std::uint64_t number = 0;
    std::string reason;
    std::string gate;                   // Waive
    EpochMs until = 0;                  // Waive
    registry::PromotionRequest request; // Request, Emergency
    std::string rules;                  // Begin: JSON, empty: the built-in ones
};

class DeskWork final : public QObject
{
    Q_OBJECT
public:
    explicit DeskWork(Session& session, QObject* parent = nullptr) : QObject(parent), m_session(session) {}

    void readDesk();
    void readCase(const std::string& promotionId);
    /// The passphrase is wiped as soon as the key is open.
    void act(DeskWish wish, const QString& keyName, ledger::Secret passphrase);
    /// What a request would change, in sentences.
    void preview(const std::string& model, const registry::PromotionRequest& request);

    bool reading() const { return m_reading; }
    bool readingCase() const { return m_readingCase; }
    bool acting() const { return m_acting; }
    bool busy() const { return m_reading || m_readingCase || m_acting || m_previewing; }

signals:
    void deskRead(const sextant::DeskDataPtr& data);
    void deskFailed(const sextant::Error& error);
    void caseRead(const sextant::DeskCasePtr& made);
    void caseFailed(const sextant::Error& error);
    /// `promotionId`: the one it was about; empty where there is none.
    void acted(const QString& sentence, const std::string& promotionId);
    void refused(const sextant::Error& error);
    void previewed(const QStringList& sentences, const QString& problem);

private:
    Session& m_session;
    bool m_reading = false, m_readingCase = false, m_acting = false, m_previewing = false;
};

} // namespace sextant
