// AuditPage: verifies the log of a model, or one in a folder, and shows what was found: the verdict, each
// item, and the log as a timeline. Wires; the work is AuditRunner's. GUI thread only.
#pragma once

#include "ui/audit/audit_runner.h"

class QPushButton;
class QStackedWidget;

namespace sextant {

class AuditHead;
class AuditItems;
class AuditTimeline;
class Banner;
class BorderedButton;
class PickerButton;
class StatePanel;

class AuditPage final : public Page
{
    Q_OBJECT
public:
    explicit AuditPage(PageContext context, QWidget* parent = nullptr);
    ~AuditPage() override;

    QString id() const override { return QStringLiteral("audit"); }
    QString title() const override { return tr("Audit"); }
    QString icon() const override { return QStringLiteral("shield-check"); }
    /// A model's name: its log is verified.
    void open(const QString& subject) override;
    QStringList status() const override;
    bool settled() const override;
    std::vector<PaletteEntry> paletteEntries(const QString& text, int limit) override;

    void openFolder(const QString& folder);
    void trustFile(const QString& file); // empty: the user's own list
    const AuditPtr& audit() const { return m_audit; }
    AuditItemsModel& items() { return m_items; }
    AuditHead& head() { return *m_head; }
    AuditItems& list() { return *m_list; }
    AuditTimeline& timeline() { return *m_timeline; }
    StatePanel& state() { return *m_state; }

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    QWidget* buildBar();
    QWidget* buildBody();
    void addActions();
    void connectRunner();

    void onStoreChanged();
    void onListed(const QStringList& models);
    void onVerified(const AuditPtr& audit);
    void onFailed(const Error& error);
    void verify();
    void showEmpty();
    void checkFresh();
    void describe();
    void fillModels();
    void fillPin();
    void openKeys();
    void chooseFolder();
    void chooseKeys();
    void pin();
    void askWitness();
    void tell(bool good, const QString& headline, const QString& text);

    PageContext m_context;
    AuditRunner* m_runner;
    AuditItemsModel m_items;
    AuditWish m_wish;
    AuditPtr m_audit;
    QStringList m_models;
    bool m_listed = false; // for the store in view
    bool m_stale = false;

    PickerButton* m_what = nullptr;
    PickerButton* m_keys = nullptr;
    PickerButton* m_pin = nullptr;
    QPushButton* m_again = nullptr;
    BorderedButton* m_witness = nullptr;
    Banner* m_banner = nullptr;
    AuditHead* m_head = nullptr;
    AuditItems* m_list = nullptr;
    AuditTimeline* m_timeline = nullptr;
    StatePanel* m_state = nullptr;
    QStackedWidget* m_outer = nullptr;
};

} // namespace sextant
