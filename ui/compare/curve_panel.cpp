#include "ui/compare/curve_panel.h"

#include "ui/widgets/store_text.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace sextant {

namespace {
constexpr int kHead = 30;
constexpr int kGrip = 14;
} // namespace

/// The lower right corner: dragging it resizes the panel.
class CurvePanel::Grip final : public QWidget
{
public:
    explicit Grip(CurvePanel& panel) : QWidget(&panel), m_panel(panel)
    {
        setFixedSize(kGrip, kGrip);
        setCursor(Qt::SizeFDiagCursor);
        setToolTip(tr("Drag to resize the panel"));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::of(this).color("border.control"), 1));
        for (int i : {4, 8})
            painter.drawLine(QPointF(kGrip - 2.5, kGrip - 2.5 - i), QPointF(kGrip - 2.5 - i, kGrip - 2.5));
    }
    void mousePressEvent(QMouseEvent* event) override
    {
        m_offset = m_panel.size() - QSize(mapToParent(event->pos()).x(), mapToParent(event->pos()).y());
    }
    void mouseMoveEvent(QMouseEvent* event) override { tell(event, false); }
    void mouseReleaseEvent(QMouseEvent* event) override { tell(event, true); }

private:
    void tell(QMouseEvent* event, bool finished)
    {
        auto place = mapToParent(event->pos());
        emit m_panel.resized(QSize(place.x(), place.y()) + m_offset, finished);
    }

    CurvePanel& m_panel;
    QSize m_offset;
};

CurvePanel::CurvePanel(PageContext& context, HistoryCache& histories, const std::string& metric,
                       const std::string& section, QWidget* parent)
    : QWidget(parent), m_metric(metric), m_section(section),
      m_chart(new MetricChart(context.session, context.jobs, histories, metric)), m_grip(new Grip(*this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 1, 0);
    layout->addWidget(m_chart);
    setFocusProxy(&canvas());
    m_chart->panel().setOffersMetrics(true);
    m_chart->panel().setOffersBands(true);
    connect(&m_chart->panel(), &LinePanel::xMetricWanted, this, &CurvePanel::xMetricWanted);
    addToMenu();
    connect(m_chart, &MetricChart::settingsChanged, this,
            [this](const LineSettings& now) { emit choiceMade(changedFields(m_resolved.settings, now)); });
    m_grip->hide();
}

void CurvePanel::addToMenu()
{
    auto* menu = m_chart->panel().menu();
    m_levels = menu->addMenu(tr("Where settings come from"));
    connect(m_levels, &QMenu::aboutToShow, this, &CurvePanel::fillLevels);
    m_toBoard = menu->addAction(tr("Show on top"));
    connect(m_toBoard, &QAction::triggered, this, [this] { emit boardWanted(!m_onBoard); });
}

void CurvePanel::fillLevels()
{
    m_levels->clear();
    for (auto field : kCurveFields) {
        auto text =
            field == CurveField::Smoothing && m_resolved.settings.smoothing.kind != SmoothingKind::None
                ? QString::fromStdString(describe(m_resolved.settings.smoothing))
                : fieldText(field, m_resolved.choice);
        auto* line = m_levels->addAction(
            tr("%1 %2, %3").arg(fieldName(field), text, levelText(m_resolved.level(field))));
        line->setEnabled(false);
    }
    m_levels->addSeparator();
    auto decided = [&](SettingsLevel level) {
        return std::any_of(std::begin(kCurveFields), std::end(kCurveFields),
                           [&](CurveField field) { return m_resolved.level(field) == level; });
    };
    auto add = [&](const QString& text, bool enabled, auto&& run) {
        auto* action = m_levels->addAction(text);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, run);
    };
    auto ofPanel = decided(SettingsLevel::Panel), ofSection = decided(SettingsLevel::Section);
    auto section =
        m_section.empty() ? tr("metrics without a prefix") : oneLine(m_section, 40) + QLatin1Char('/');
    add(tr("Reset panel to section"), ofPanel, [this] { emit resetWanted(SettingsLevel::Section); });
    add(tr("Reset section and panel to page"), ofPanel || ofSection,
        [this] { emit resetWanted(SettingsLevel::Page); });
    add(tr("Use for all of %1").arg(section), ofPanel, [this] { emit spreadWanted(SettingsLevel::Section); });
    add(tr("Use for the whole page"), ofPanel || ofSection,
        [this] { emit spreadWanted(SettingsLevel::Page); });
}

void CurvePanel::setResolved(const ResolvedCurve& resolved)
{
    m_resolved = resolved;
    if (m_chart->panel().settings() != resolved.settings)
        m_chart->setSettings(resolved.settings);
}

void CurvePanel::setOnBoard(bool onBoard)
{
    m_onBoard = onBoard;
    m_toBoard->setText(onBoard ? tr("Move to its section") : tr("Show on top"));
    m_grip->setVisible(onBoard);
    m_grip->raise();
}

void CurvePanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_grip->move(width() - kGrip - 1, height() - kGrip - 1);
}

void CurvePanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const auto& theme = Theme::of(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    painter.fillRect(width() - 1, 0, 1, height(), theme.color("border.hairline"));
}

void CurvePanel::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || event->pos().y() > kHead)
        return QWidget::mousePressEvent(event);
    m_pressed = event->globalPosition().toPoint();
    m_drag = Drag::Pressed;
}

void CurvePanel::mouseMoveEvent(QMouseEvent* event)
{
    auto place = event->globalPosition().toPoint();
    if (m_drag == Drag::Pressed &&
        (place - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_drag = Drag::Moving;
        setCursor(Qt::ClosedHandCursor);
    }
    if (m_drag == Drag::Moving)
        emit dragged(place, false);
}

void CurvePanel::mouseReleaseEvent(QMouseEvent* event)
{
    if (std::exchange(m_drag, Drag::None) != Drag::Moving)
        return;
    unsetCursor();
    emit dragged(event->globalPosition().toPoint(), true);
}

} // namespace sextant
