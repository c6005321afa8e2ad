// DeskSide: the evidence of a promotion, who may decide, and what was done so far, in one list. Remembers
// which rows of evidence have been drawn: nobody approves what was never on the screen. GUI thread only.
#pragma once

#include "ui/registry/desk_data.h"

#include <QAbstractListModel>
#include <QListView>

#include <set>

namespace sextant {

class DeskSideModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class Kind { Head, Evidence, Reviewer, Act };

    using QAbstractListModel::QAbstractListModel;

    void setCase(DeskCasePtr made);
    Kind kind(int row) const { return m_rows[std::size_t(row)].kind; }
    std::size_t place(int row) const { return m_rows[std::size_t(row)].place; }
    const DeskCasePtr& made() const { return m_case; }
    std::pair<QString, QString> head(int row) const; // title and detail

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row
    {
        Kind kind;
        std::size_t place;
    };
    DeskCasePtr m_case;
    std::vector<Row> m_rows;
};

class DeskSide final : public QListView
{
    Q_OBJECT
public:
    explicit DeskSide(QWidget* parent = nullptr);

    void setCase(const DeskCasePtr& made);
    /// Rows of evidence that have not been on the screen yet.
    int unseen() const;
    DeskSideModel& side() { return m_model; }

signals:
    void seenChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    DeskSideModel m_model;
    std::string m_seenOf; // the promotion
    std::set<std::size_t> m_seen;
};

} // namespace sextant
