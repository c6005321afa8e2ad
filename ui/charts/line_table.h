// A line chart as a table: one row for each visible point, exactly as logged. The model keeps no copy: it
// reads the curves.
#pragma once

#include "ui/charts/axis_scale.h"
#include "ui/charts/line_series.h"

#include <QAbstractTableModel>
#include <QDialog>

namespace sextant {

class LineTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Run, Step, Time, Value, Smoothed };

    /// The points with x in the range, run by run. At most 2^31 - 1 of them.
    LineTableModel(std::vector<LineSeries> series, AxisRange x, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Part // the visible points of one curve
    {
        std::size_t firstRow;
        std::size_t firstPoint;
    };
    std::vector<LineSeries> m_series;
    std::vector<Part> m_parts; // of m_series, in order
    std::size_t m_rows = 0;
    bool m_smoothed = false;
};

class LineTableDialog : public QDialog
{
    Q_OBJECT
public:
    LineTableDialog(const QString& metric, std::vector<LineSeries> series, AxisRange x,
                    QWidget* parent = nullptr);

    LineTableModel* model() const { return m_model; }

private:
    LineTableModel* m_model;
};

} // namespace sextant
