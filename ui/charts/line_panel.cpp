#include "ui/charts/line_panel.h"

#include "core/base/text.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/export_dialog.h"
#include "ui/charts/line_table.h"
#include "ui/charts/value_text.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <utility>

namespace sextant {
namespace {

/// Narrower, the head has no room for the badge beside a name.
constexpr int kBadgeFrom = 460;

QString axisText(XAxis axis)
{
    switch (axis) {
    case XAxis::Step:
        return QStringLiteral("step");
    case XAxis::RelativeTime:
        return QStringLiteral("time since its first point");
    case XAxis::Metric:
        return QStringLiteral("another metric");
    case XAxis::WallTime:
        break;
    }
    return QStringLiteral("wall time");
}

/// "n = 3, 5, 2": of each group; "2 to 5" where it changes along the way.
QString countsText(const std::vector<LineSeries>& series)
{
    QStringList counts;
    for (const LineSeries& one : series) {
        if (!one.band)
            continue;
        const Band& band = *one.band;
        counts << (band.fewest == band.most ? QString::number(band.most)
                                            : QStringLiteral("%1 to %2").arg(band.fewest).arg(band.most));
    }
    if (counts.size() > 6)
        return QStringLiteral("%1 groups").arg(counts.size());
    return counts.isEmpty() ? QString() : QStringLiteral("n = ") + counts.join(QStringLiteral(", "));
}

/// Where runs have more places than are worked out.
QString thinnedText(const std::vector<LineSeries>& series)
{
    std::size_t every = 1;
    for (const LineSeries& one : series)
        every = std::max(every, one.band ? one.band->every : 1);
    return every == 1 ? QString() : QStringLiteral("at 1 of %1 places with points").arg(every);
}

QString unmatchedText(const std::vector<LineSeries>& series)
{
    std::size_t count = 0;
    for (const LineSeries& one : series)
        count += one.member ? 0 : one.unmatched;
    return count == 0 ? QString()
                      : QStringLiteral("%1 steps not in all metrics")
                            .arg(groupedText(static_cast<std::int64_t>(count)));
}

QString subtitleText(const LineSettings& settings, const QString& note, const std::vector<LineSeries>& series)
{
    QStringList parts{settings.xAxis == XAxis::Metric ? QString::fromStdString(toUtf8(settings.xMetric))
                                                      : axisText(settings.xAxis)};
    if (settings.logY)
        parts << (settings.symmetricY ? QStringLiteral("symmetric log") : QStringLiteral("log"));
    if (settings.logY && !note.isEmpty())
        parts << note;
    if (settings.smoothing.kind != SmoothingKind::None)
        parts << QString::fromStdString(describe(settings.smoothing));
    const QString counts = countsText(series);
    if (!counts.isEmpty())
        parts << QString::fromStdString(describe(settings.band)) << counts;
    if (const QString thinned = thinnedText(series); !counts.isEmpty() && !thinned.isEmpty())
        parts << thinned;
    if (settings.clipOutliers)
        parts << QStringLiteral("outliers clipped");
    if (const QString unmatched = unmatchedText(series); !unmatched.isEmpty())
        parts << unmatched;
    return parts.join(QStringLiteral(", "));
}

} // namespace

LinePanel::LinePanel(const QString& metric, QWidget* parent)
    : QWidget(parent), m_canvas(new LineCanvas(this)), m_menu(new QMenu(this))
{
    m_canvas->setTitle(metric);
    m_canvas->setEmptyText(QStringLiteral("No shown run has logged %1").arg(metric));
    setFocusProxy(m_canvas);
    setAccessibleName(QStringLiteral("Panel of %1").arg(metric));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(m_canvas, 1);
    buildMenu();
    m_canvas->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_canvas, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& place) { m_menu->popup(m_canvas->mapToGlobal(place)); });
    connect(m_canvas, &LineCanvas::zoomChanged, this, &LinePanel::syncHead);
    connect(m_canvas, &LineCanvas::pictureFinished, this, &LinePanel::syncHead);
    syncMenu();
    syncHead();
}

QWidget* LinePanel::buildHead()
{
    auto* head = new QWidget(this);
    head->setFixedHeight(30);
    auto* layout = new QHBoxLayout(head);
    const Theme& theme = Theme::of(this);
    layout->setContentsMargins(theme.length("space.3"), 2, theme.length("space.1"), 0);
    layout->setSpacing(theme.length("space.2"));
    m_name = new ElidedLabel(Theme::Text::SmallStrong, "text", Qt::ElideMiddle, head);
    m_name->setText(metric());
    m_subtitle = new ElidedLabel(Theme::Text::Small, "text.muted", Qt::ElideRight, head);
    m_badge = new BadgeLabel(head);
    const auto button = [&](const char* icon, const QString& text) {
        auto* made = new IconButton(QString::fromLatin1(icon), text, head);
        setSmall(made);
        return made;
    };
    m_zoomBack = button("zoom-out", QStringLiteral("Zoom back"));
    m_maximize = button("maximize-2", QStringLiteral("Maximise panel"));
    m_more = button("ellipsis", QStringLiteral("Chart options"));
    connect(m_more, &QToolButton::clicked, this,
            [this] { m_menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    connect(m_zoomBack, &QToolButton::clicked, m_canvas, &LineCanvas::zoomBack);
    connect(m_maximize, &QToolButton::clicked, this, &LinePanel::maximizeRequested);
    layout->addWidget(m_name);
    layout->addWidget(m_subtitle, 1);
    layout->addWidget(m_zoomBack); // left of the badge: its place is empty most of the time
    layout->addWidget(m_badge);
    QSizePolicy keep = m_zoomBack->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_zoomBack->setSizePolicy(keep);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2);
    for (IconButton* one : {m_maximize, m_more})
        buttons->addWidget(one);
    layout->addLayout(buttons);
    return head;
}

void LinePanel::setSeries(std::vector<LineSeries> series)
{
    m_canvas->setSeries(std::move(series));
    syncHead();
}

void LinePanel::setSettings(const LineSettings& settings)
{
    m_canvas->setSettings(settings);
    syncMenu();
    syncHead();
}

void LinePanel::setOrigin(const QString& origin)
{
    if (std::exchange(m_origin, origin) != origin)
        syncHead();
}

void LinePanel::setMaximized(bool maximized)
{
    dressMaximize(m_maximize, maximized);
}

QDialog* LinePanel::showTable()
{
    auto* dialog = new LineTableDialog(metric(), m_canvas->series(), m_canvas->frame().x.range(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
    return dialog;
}

void LinePanel::copyImage()
{
    QApplication::clipboard()->setImage(m_canvas->render(m_canvas->size(), 2));
}

std::shared_ptr<const ChartPicture> LinePanel::picture() const
{
    return m_canvas->figure();
}

void LinePanel::openExport()
{
    openExportDialog(picture(), window());
}

void LinePanel::change(const std::function<void(LineSettings&)>& edit)
{
    LineSettings next = settings();
    edit(next);
    if (next == settings())
        return;
    setSettings(next);
    emit settingsChanged(next);
}

void LinePanel::syncHead()
{
    QString said = m_canvas->showsDots() ? QStringLiteral("one value each")
                                         : subtitleText(settings(), m_canvas->axisNote(), m_canvas->series());
    if (!m_origin.isEmpty())
        said += QStringLiteral(" · ") + m_origin;
    m_subtitle->setText(said);
    m_zoomBack->setVisible(m_canvas->canZoomBack());
    const std::size_t points = m_canvas->pointCount();
    m_badge->setBadge(Badge::success(
        points == 1 ? QStringLiteral("1 point")
                    : QStringLiteral("All %1 points").arg(groupedText(static_cast<std::int64_t>(points)))));
    m_badge->setToolTip(
        QStringLiteral("Every logged point is drawn: each pixel column shows its lowest and highest value"));
    m_badge->setVisible(points > 0 && width() >= kBadgeFrom);
}

void LinePanel::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), Theme::of(this).color("bg.1"));
}

void LinePanel::resizeEvent(QResizeEvent*)
{
    syncHead();
}

} // namespace sextant
