// Desk: the promotion desk, the tab Requests of the Registry page: the inbox, one promotion with all that it
// rests on, the decision. Wires; reading and signing is DeskWork's. GUI thread only.
#pragma once

#include "ui/registry/desk_decision.h"
#include "ui/registry/desk_inbox.h"
#include "ui/registry/desk_work.h"
#include "ui/shell/page.h"

class QMenu;
class QStackedWidget;

namespace sextant {

class Banner;
class DeskHead;
class DeskSheets;
class DeskSide;
class RegistryPage;
class StatePanel;

class Desk final : public QWidget
{
    Q_OBJECT
public:
    Desk(PageContext context, RegistryPage& page);
    ~Desk() override;

    /// "MODEL/14", or nothing.
    void open(const QString& rest);
    bool settled() const;

    const DeskDataPtr& data() const { return m_data; }
    const DeskCasePtr& made() const { return m_case; }
    DeskInbox& inbox() { return *m_inbox; }
    DeskInboxModel& inboxModel() { return m_inboxModel; }
    DeskDecision& decision() { return *m_decision; }
    DeskSide& side() { return *m_side; }
    DeskSheets& sheets() { return *m_sheets; }
    StatePanel& state() { return *m_state; }
    /// "Request promotion…"; `model` and `version` may be empty and 0.
    void request(const QString& model, qint64 version, const QString& target);

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    QWidget* buildCase();
    void addActions();
    void addActActions();
    void connectWork();
    void onStoreChanged();
    void refresh();
    void onDeskRead(const DeskDataPtr& data);
    void pick(const std::string& promotionId);
    void onCaseRead(const DeskCasePtr& made);
    void updateChoice();
    void updateActions();
    void updateState();
    void fillMenu(QMenu* menu);
    void doPrimary();
    /// Asks for key and passphrase, then signs. `sentence`: what will be.
    void ask(DeskWish::Kind kind, const QString& title, const QString& verb, const QString& sentence,
             const QString& gate = {}, EpochMs until = 0);
    void askComment();
    void tell(bool good, const QString& headline, const QString& text);
    QStringList signingKeys(bool deciding) const;

    PageContext m_context;
    RegistryPage& m_page;
    DeskWork* m_work;
    DeskInboxModel m_inboxModel;
    DeskDataPtr m_data;
    DeskCasePtr m_case;
    std::string m_picked; // the promotion in view
    bool m_dirty = true;  // the store changed since it was read

    Banner* m_banner = nullptr;
    QStackedWidget* m_outer = nullptr;
    DeskInbox* m_inbox = nullptr;
    QStackedWidget* m_middle = nullptr;
    StatePanel* m_state = nullptr;
    StatePanel* m_caseState = nullptr;
    DeskHead* m_head = nullptr;
    DeskSheets* m_sheets = nullptr;
    DeskSide* m_side = nullptr;
    DeskDecision* m_decision = nullptr;
};

} // namespace sextant
