#include "ui/charts/chart_panel.h"

#include "ui/charts/export_dialog.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sextant {

void dressMaximize(IconButton* button, bool maximized)
{
    const QString text =
        maximized ? QStringLiteral("Close maximised panel") : QStringLiteral("Maximise panel");
    button->setIconName(maximized ? QStringLiteral("x") : QStringLiteral("maximize-2"));
    button->setText(text);
    button->setToolTip(text);
    button->setAccessibleName(text);
}

ChartPanel::ChartPanel(const QString& title, ChartCanvas* canvas, QWidget* parent)
    : QWidget(parent), m_canvas(canvas), m_menu(new QMenu(this))
{
    const Theme& theme = Theme::of(this);
    auto* head = new QWidget(this);
    head->setFixedHeight(30);
    auto* line = new QHBoxLayout(head);
    line->setContentsMargins(theme.length("space.3"), 2, theme.length("space.1"), 0);
    line->setSpacing(theme.length("space.2"));
    m_name = new ElidedLabel(Theme::Text::SmallStrong, "text", Qt::ElideMiddle, head);
    m_note = new ElidedLabel(Theme::Text::Small, "text.muted", Qt::ElideRight, head);
    m_maximize = new IconButton(QStringLiteral("maximize-2"), QStringLiteral("Maximise panel"), head);
    m_maximize->hide();
    setSmall(m_maximize);
    connect(m_maximize, &QToolButton::clicked, this, &ChartPanel::maximizeRequested);
    m_more = new IconButton(QStringLiteral("ellipsis"), QStringLiteral("Chart options"), head);
    setSmall(m_more);
    line->addWidget(m_name);
    line->addWidget(m_note, 1);
    line->addWidget(m_maximize);
    line->addWidget(m_more);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(m_canvas, 1);
    setFocusProxy(m_canvas);
    setTitle(title);

    m_menu->addAction(QStringLiteral("Show as table"), m_canvas, &ChartCanvas::showTable);
    m_menu->addAction(Theme::of(this).icon(QStringLiteral("copy")), QStringLiteral("Copy image"), this,
                      &ChartPanel::copyImage);
    m_menu->addAction(Theme::of(this).icon(QStringLiteral("download")), QStringLiteral("Export…"), this,
                      &ChartPanel::openExport);
    const auto open = [this](QPoint place) { m_menu->popup(place); };
    connect(m_more, &QToolButton::clicked, this,
            [this, open] { open(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    m_canvas->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_canvas, &QWidget::customContextMenuRequested, this,
            [this, open](const QPoint& place) { open(m_canvas->mapToGlobal(place)); });
    connect(m_canvas, &ChartCanvas::noteChanged, this, &ChartPanel::syncNote);
    syncNote();
}

void ChartPanel::setTitle(const QString& title)
{
    m_name->setText(title);
    m_canvas->setTitle(title);
    setAccessibleName(QStringLiteral("Panel of %1").arg(title));
}

void ChartPanel::setOffersMaximize(bool offers)
{
    m_maximize->setVisible(offers);
}

void ChartPanel::setMaximized(bool maximized)
{
    dressMaximize(m_maximize, maximized);
}

void ChartPanel::syncNote()
{
    m_note->setText(m_canvas->note());
}

void ChartPanel::openExport()
{
    if (auto picture = m_canvas->picture())
        openExportDialog(std::move(picture), this);
}

void ChartPanel::copyImage()
{
    QApplication::clipboard()->setImage(m_canvas->render(m_canvas->size(), 2));
}

} // namespace sextant
