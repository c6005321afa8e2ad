// ChartTab: what the tabs with one chart of columns share: choosing columns and options in the bar above,
// keeping the choice in the workspace, turning rows into runs and back, table and export. GUI thread only.
#pragma once

#include "ui/charts/chart_canvas.h"
#include "ui/compare/compare_columns.h"
#include "ui/compare/compare_tab.h"

class QCheckBox;
class QHBoxLayout;

namespace sextant {

class ChartPanel;
class CheckList;
class PickerButton;

class ChartTab : public CompareTab
{
    Q_OBJECT
public:
    ChartTab(CompareContext& context, const QString& id, const QString& title, QWidget* parent);

    QString id() const override { return m_id; }
    QString title() const override { return m_title; }
    void showScene(const CompareScenePtr& scene) override;
    void highlightRun(const std::string& runId) override;
    void workspaceChanged(const Workspace& before) override;
    QWidget* bar() override { return m_bar; }
    bool settled() const override;
    std::vector<ExportItem> exportItems() override;

protected:
    enum class Wanted { Any, Numeric, Metric, NotMetric };

    /// Draws what is chosen; called after each change of scene, choice or theme.
    virtual void draw() = 0;
    /// The columns of other runs are known.
    virtual void choicesFound() {}
    /// The panel in sight; null in a tab that has none and says itself what it exports.
    virtual ChartPanel* panel() const = 0;

    /// Bar: a button that chooses one column, kept under `key`.
    void addColumn(const QString& key, const QString& label, Wanted wanted, int fallback);
    /// One that chooses some; `most` at a time.
    void addColumns(const QString& key, const QString& label, int most);
    /// A switch, and a menu of exclusive choices.
    void addSwitch(const QString& key, const QString& text, bool fallback);
    void addChoice(const QString& key, const QString& label, const QStringList& texts, int fallback);
    void endBar();

    /// What is chosen, or what stands for it. Nullopt when there is no such column.
    std::optional<ColumnRef> column(const QString& key) const;
    std::vector<ColumnRef> columns(const QString& key) const;
    /// The ones to begin with; nullopt: the one that differs most often.
    virtual std::optional<ColumnRef> firstColumn(const QString& key) const
    {
        Q_UNUSED(key);
        return std::nullopt;
    }
    virtual std::vector<ColumnRef> firstColumns() const { return {}; }
    bool isOn(const QString& key) const;
    /// Of a switch for a logarithmic axis of `column`: on where the column spans decades until somebody
    /// chose, disabled where it has no numbers.
    bool isLogarithmic(const QString& key, const ChartColumn& column);
    int choice(const QString& key) const;
    /// What a control shows in place of what it would; whether it is there at all.
    void showValue(const QString& key, const QString& value);
    void setControlVisible(const QString& key, bool visible);
    /// Keeps columns under a key without a button's doing.
    void keepColumns(const QString& key, const std::vector<ColumnRef>& columns);

    /// All that the tab keeps; `what` names the step.
    const QJsonObject& state() const { return m_state; }
    void keepState(const QJsonObject& state, const QString& what);
    /// The list of a column button, below it or below another widget.
    void openList(const QString& key, QWidget* below = nullptr);

    ChartPanel* makePanel(ChartCanvas* canvas);
    /// As chartTable.
    ChartTablePtr tableOf(const std::vector<ColumnRef>& columns,
                          const std::vector<ColumnRef>& open = {}) const;
    void setTable(ChartTablePtr table) { m_table = std::move(table); }
    const ChartTablePtr& table() const { return m_table; }
    const CompareScenePtr& scene() const { return m_scene; }
    const std::vector<ColumnChoice>& choices() const { return m_choices; }
    CompareContext& context() const { return m_context; }
    QString nameOf(const ColumnRef& column) const;
    std::string runAt(int row) const;
    QHBoxLayout* barLayout() const { return m_barLayout; }

    void changeEvent(QEvent* event) override;

private:
    struct Control
    {
        QString key;
        PickerButton* button = nullptr;
        QCheckBox* box = nullptr;
        Wanted wanted = Wanted::Any;
        int most = 1; // columns
        int fallback = 0;
        QStringList texts;
    };
    const Control* control(const QString& key) const;
    void pick(int entry, bool checked);
    void keep(const QString& key, const QJsonValue& value, const QString& what);
    void sync();
    std::optional<ColumnRef> fallbackColumn(const Control& control) const;

    CompareContext& m_context;
    QString m_id, m_title;
    QWidget* m_bar;
    QHBoxLayout* m_barLayout;
    CheckList* m_list;
    QString m_listKey;
    std::vector<ColumnRef> m_listed;
    std::vector<Control> m_controls;
    QJsonObject m_state;
    CompareScenePtr m_scene;
    std::vector<ColumnChoice> m_choices;
    bool m_choosing = false; // the columns are being counted
    ChartTablePtr m_table;
};

} // namespace sextant
