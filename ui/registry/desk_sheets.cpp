#include "ui/registry/desk_sheets.h"

#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace sextant {

namespace {

QPushButton* link(const QString& text)
{
    auto* button = new QPushButton(text);
    setControlRole(button, ControlRole::Link);
    return button;
}

QString gatesDetail(const DeskCase& made)
{
    QStringList parts;
    for (const auto& gate : made.gates) {
        auto name = oneName(gate.name, 60);
        parts << (gate.digest.empty() ? name
                                      : DeskSheets::tr("%1 sha256 %2")
                                            .arg(name, QString::fromStdString(gate.digest.substr(0, 8))));
    }
    return parts.join(QStringLiteral(", "));
}

QString signedText(const DeskCase& made)
{
    QStringList parts;
    for (const auto& gate : made.gates) {
        auto name = oneName(gate.name, 40);
        if (gate.waivedUntil)
            parts << DeskSheets::tr("%1 waived until %2").arg(name, formatTime(*gate.waivedUntil).left(11));
        else if (gate.recorded && gate.entry)
            parts << (*gate.recorded ? DeskSheets::tr("%1 signed as passed, entry %2")
                                     : DeskSheets::tr("%1 signed as failed, entry %2"))
                         .arg(name)
                         .arg(*gate.entry);
        else
            parts << DeskSheets::tr("%1 not signed yet").arg(name);
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace

/// The head of a section: title, what it is about, a button at the right.
class DeskSheets::Heading final : public QWidget
{
public:
    Heading(const QString& title, QPushButton* button)
        : m_detail(new ElidedLabel(Theme::Text::Body, "text.muted")),
          m_aside(new TextLabel({}, Theme::Text::Small, "text.muted"))
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(16, 14, 16, 4);
        row->setSpacing(10);
        row->addWidget(new TextLabel(title, Theme::Text::Title));
        row->addWidget(m_detail, 1);
        row->addWidget(m_aside);
        row->addWidget(button);
    }
    void set(const QString& detail, const QString& aside)
    {
        m_detail->setText(detail);
        m_aside->setText(aside);
    }

private:
    ElidedLabel* m_detail;
    TextLabel* m_aside;
};

DeskSheets::DeskSheets(QWidget* parent)
    : QScrollArea(parent), m_metrics(new DeskSheet(tr("Metrics of candidate and champion"))),
      m_moreMetrics(link({})), m_check(link(tr("Check and sign…"))), m_gates(new DeskSheet(tr("Gates"))),
      m_noGates(new TextLabel({}, Theme::Text::Body, "text.muted")), m_moreDifferences(link({})),
      m_differences(new DeskSheet(tr("What differs")))
{
    m_gatesHead = new Heading(tr("Gates"), m_check);
    m_differHead = new Heading(tr("What differs"), m_moreDifferences);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setAccessibleName(tr("Candidate and champion"));
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 16);
    column->setSpacing(0);
    auto addSheet = [&](DeskSheet* sheet) {
        auto* row = new QHBoxLayout;
        row->setContentsMargins(8, 0, 8, 0);
        row->addWidget(sheet);
        column->addLayout(row);
    };
    addSheet(m_metrics);
    auto* more = new QHBoxLayout;
    more->setContentsMargins(10, 2, 16, 0);
    more->addWidget(m_moreMetrics);
    more->addStretch(1);
    column->addLayout(more);
    column->addWidget(m_gatesHead);
    m_noGates->setContentsMargins(16, 2, 16, 4);
    column->addWidget(m_noGates);
    addSheet(m_gates);
    column->addWidget(m_differHead);
    addSheet(m_differences);
    column->addStretch(1);
    setWidget(content);
    for (auto* sheet : {m_metrics, m_gates, m_differences})
        sheet->installEventFilter(this);
    connect(m_check, &QPushButton::clicked, this, &DeskSheets::checkGatesWanted);
    connect(m_moreMetrics, &QPushButton::clicked, this, [this] {
        m_allMetrics = !m_allMetrics;
        fill();
    });
    connect(m_moreDifferences, &QPushButton::clicked, this, [this] {
        m_allDifferences = !m_allDifferences;
        fill();
    });
}

void DeskSheets::setCase(const DeskCasePtr& made, DirectionOf direction)
{
    if (!m_case || !made || m_case->item.promotion.id() != made->item.promotion.id()) {
        m_allMetrics = m_allDifferences = false;
        ensureVisible(0, 0);
    }
    m_case = made;
    m_direction = std::move(direction);
    fill();
}

void DeskSheets::fill()
{
    if (!m_case)
        return;
    auto metrics = metricsTable(*m_case, m_direction, m_allMetrics);
    m_moreMetrics->setVisible(metrics.hidden > 0 || m_allMetrics);
    m_moreMetrics->setText(m_allMetrics ? tr("Show fewer metrics")
                                        : tr("Show %1 more metrics").arg(metrics.hidden));
    m_metrics->show(std::move(metrics.columns), std::move(metrics.rows));
    auto gates = gatesTable(*m_case);
    auto any = !m_case->gates.empty();
    m_gatesHead->set(
        any ? gatesDetail(*m_case) : QString(),
        any ? tr("evaluated %1, %2").arg(formatTime(m_case->readAt).left(17), gatesSummary(*m_case))
            : QString());
    m_noGates->setText(any ? signedText(*m_case) : tr("The rules of this target ask for no gate"));
    m_check->setVisible(any && isPending(m_case->item.promotion.state));
    m_gates->setVisible(any);
    m_gates->show(std::move(gates.columns), std::move(gates.rows));
    auto differing = differencesTable(*m_case, m_allDifferences);
    m_differHead->set(differing.summary, {});
    m_moreDifferences->setVisible(differing.equal > 0);
    m_moreDifferences->setText(m_allDifferences ? tr("Only what differs") : tr("Show all"));
    m_differences->setVisible(!differing.table.rows.empty());
    auto& columns = differing.table.columns;
    if (m_case->candidate && m_case->champion) {
        columns[0].title = tr("Name");
        columns[1].title = tr("Candidate v%1").arg(m_case->candidate->version);
        columns[2].title = tr("Champion v%1").arg(m_case->champion->version);
    }
    m_differences->show(std::move(differing.table.columns), std::move(differing.table.rows));
}

bool DeskSheets::eventFilter(QObject* object, QEvent* event)
{
    auto* sheet = qobject_cast<DeskSheet*>(object);
    if (sheet && event->type() == QEvent::KeyRelease && sheet->currentIndex().isValid()) {
        // The page scrolls with the row that the keys reach.
        auto rect = sheet->visualRect(sheet->currentIndex());
        auto place = sheet->viewport()->mapTo(widget(), rect.center());
        ensureVisible(10, place.y(), 0, 60);
    }
    return QScrollArea::eventFilter(object, event);
}

} // namespace sextant
