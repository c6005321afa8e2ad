// CompareVersions: two or more versions of a model side by side, row by row; what differs is tinted. Its
// facts are read in jobs: runs first, then the files for their digests. GUI thread only.
#pragma once

#include "ui/registry/comparison.h"
#include "ui/shell/page.h"

#include <QAbstractTableModel>

class QCheckBox;
class QStackedWidget;
class QTableView;

namespace sextant {

class ElidedLabel;
class StatePanel;

class ComparisonModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<ComparisonRow> rows, QStringList titles);
    void setOnlyDifferences(bool only);
    bool onlyDifferences() const { return m_only; }
    const ComparisonRow& row(int row) const { return m_rows[m_shown[static_cast<std::size_t>(row)]]; }
    std::size_t differing() const;
    std::size_t compared() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void choose();

    std::vector<ComparisonRow> m_rows;
    std::vector<std::size_t> m_shown;
    QStringList m_titles;
    bool m_only = false;
};

class CompareVersions final : public QWidget
{
    Q_OBJECT
public:
    explicit CompareVersions(const PageContext& context, QWidget* parent = nullptr);

    /// The first one is what the others are compared with.
    void compare(std::vector<ModelVersion> versions);
    void setOnlyDifferences(bool only);
    ComparisonModel& model() { return m_model; }
    QTableView& view() { return *m_view; }

signals:
    void closed();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildBar();
    void buildView();
    void readFiles();
    void show();
    void fit();
    void copy();

    PageContext m_context;
    ComparisonModel m_model;
    std::vector<ComparedVersion> m_versions;
    ElidedLabel* m_title = nullptr;
    ElidedLabel* m_count = nullptr;
    QCheckBox* m_only = nullptr;
    QTableView* m_view;
    QStackedWidget* m_stack;
    StatePanel* m_state;
};

} // namespace sextant
