// RegistryPage: the registered models: tabs above; in the first the models, the versions of one, its history
// and the selected version. GUI thread only.
#pragma once

#include "ui/registry/registry_edit.h"
#include "ui/registry/version_check.h"
#include "ui/shell/page.h"

class QHBoxLayout;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace sextant {

class Banner;
class CompareVersions;
class ModelPane;
class ModelsList;
class StatePanel;
class TabStrip;
class VersionInspector;

class RegistryPage final : public Page
{
    Q_OBJECT
public:
    explicit RegistryPage(PageContext context, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("registry"); }
    QString title() const override { return tr("Registry"); }
    QString icon() const override { return QStringLiteral("package"); }
    /// "" as it is, "MODEL", "MODEL/7"; "/requests" and "/requests/14" another tab; "/register/RUN" asks for
    /// a version made from a run. No model's name has a '/'.
    void open(const QString& subject) override;
    QWidget* inspector() override;
    QStringList status() const override;
    bool settled() const override;
    std::vector<PaletteEntry> paletteEntries(const QString& text, int limit) override;

    /// A tab beside Models; opened by "/ID" and "/ID/REST" with `open` given the rest. Takes the widget over.
    void addTab(const QString& id, const QString& title, QWidget* tab,
                std::function<void(const QString&)> open);
    void setTabText(const QString& id, const QString& text);
    /// Whether what the other tabs do in the background is done.
    void setTabSettled(std::function<bool()> settled) { m_tabSettled = std::move(settled); }
    void showTab(const QString& id); // "models" is the first

    ModelsList& models() { return *m_models; }
    ModelPane& pane() { return *m_pane; }
    CompareVersions& comparison() { return *m_comparison; }
    VersionInspector& versionInspector() { return *m_inspector; }
    void say(const Error& error);
    void tell(const QString& headline, const QString& text);

signals:
    /// "Request promotion…" for the selected version; `target` may be empty.
    void promotionWanted(const QString& model, qint64 version, const QString& target);
    void cardWanted(const QString& model, qint64 version);
    void verifyWanted(const QString& model);
    void requestOpened(const QString& model, quint64 entry);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Tab
    {
        QString id;
        std::function<void(const QString&)> open;
    };
    QWidget* buildBar();
    void build();
    void connectParts();
    void addActions();
    void addMetricActions();
    void addEditActions();
    void updateEditActions();
    QString whyLocked() const; // empty when the store can be written
    void startEdit(RegistryEdit edit, bool ofVersion);
    void ask(RegistryEdit edit, const std::vector<std::pair<QString, std::string>>& sources,
             const QPoint& place);
    void registerRun(const std::string& runId);
    void updateState();
    void updateModel();
    void readObservations();
    void updateSelection();
    void updateActions();
    void showVersion(const std::string& model, std::int64_t version);
    void openMetricMenu(const QPoint& place);
    void openVersionMenu(const QPoint& place);
    void chooseMetric(const std::string& metric);
    void setDirection(int direction);
    std::string metricOf(const RegistryEntry& entry) const;
    void addCompareActions();
    void compare(std::vector<std::int64_t> versions);
    void openRun();
    void openPrimary();
    void step(int by);
    const RegistryDataPtr& data() const { return m_context.registry->data(); }

    PageContext m_context;
    RegistryWriter* m_writer;
    ModelsList* m_models;
    ModelPane* m_pane;
    VersionInspector* m_inspector;
    TabStrip* m_tabBar = nullptr;
    QStackedWidget* m_tabStack = nullptr;
    std::vector<Tab> m_tabs;
    std::function<bool()> m_tabSettled;
    QStackedWidget* m_stack = nullptr; // the models, or what is said instead
    QSplitter* m_splitter = nullptr;
    CompareVersions* m_comparison = nullptr;
    StatePanel* m_state = nullptr;
    Banner* m_banner = nullptr;
    std::vector<QPushButton*> m_modelButtons; // those of the first tab
    VersionChecks m_checks;
    std::pair<RegistryDataPtr, std::string> m_observedOf; // what the observations were read for
    std::pair<std::string, std::int64_t> m_wanted;        // to be shown once it is there
};

} // namespace sextant
