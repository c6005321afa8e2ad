#include "ui/charts/line_panel.h"

#include "core/base/text.h"

#include <QActionGroup>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSlider>
#include <QWidgetAction>

namespace sextant {
namespace {

constexpr int kSliderSteps = 1000;

/// Slider and number of the amount of smoothing; the scale follows the kind.
class AmountControl : public QWidget
{
public:
    explicit AmountControl(std::function<void(double)> changed)
        : m_slider(new QSlider(Qt::Horizontal, this)), m_number(new QDoubleSpinBox(this)),
          m_changed(std::move(changed))
    {
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(12, 4, 12, 4);
        layout->addWidget(m_slider, 1);
        layout->addWidget(m_number);
        m_slider->setRange(0, kSliderSteps);
        m_slider->setMinimumWidth(120);
        m_slider->setAccessibleName(QStringLiteral("Amount of smoothing"));
        m_number->setAccessibleName(QStringLiteral("Amount of smoothing as a number"));
        connect(m_slider, &QSlider::valueChanged, this, [this](int place) {
            m_number->setValue(m_scale.minimum + (m_scale.maximum - m_scale.minimum) * place / kSliderSteps);
        });
        connect(m_number, &QDoubleSpinBox::valueChanged, this, [this](double amount) {
            showPlace(amount);
            if (!m_quiet)
                m_changed(amount);
        });
    }

    void showSmoothing(const Smoothing& smoothing)
    {
        m_quiet = true;
        setEnabled(smoothing.kind != SmoothingKind::None);
        m_scale = smoothingScale(smoothing.kind);
        m_number->setDecimals(m_scale.decimals + (m_scale.decimals == 2 ? 1 : 0));
        m_number->setRange(m_scale.minimum, m_scale.maximum);
        m_number->setSingleStep(m_scale.step);
        m_number->setValue(smoothing.amount);
        showPlace(smoothing.amount);
        m_quiet = false;
    }

private:
    void showPlace(double amount)
    {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(
            qRound((amount - m_scale.minimum) / (m_scale.maximum - m_scale.minimum) * kSliderSteps));
    }

    QSlider* m_slider;
    QDoubleSpinBox* m_number;
    std::function<void(double)> m_changed;
    SmoothingScale m_scale = smoothingScale(SmoothingKind::None);
    bool m_quiet = false;
};

} // namespace

QAction* LinePanel::addChoice(QMenu* menu, QActionGroup* group, const QString& text,
                              std::function<void(LineSettings&)> edit,
                              std::function<bool(const LineSettings&)> holds)
{
    QAction* action = menu->addAction(text);
    action->setCheckable(true);
    if (group)
        group->addAction(action);
    connect(action, &QAction::triggered, this, [this, edit = std::move(edit)] { change(edit); });
    m_syncs.push_back([this, action, holds = std::move(holds)] { action->setChecked(holds(settings())); });
    return action;
}

void LinePanel::addAxes()
{
    QMenu* axis = m_menu->addMenu(QStringLiteral("X axis"));
    auto* group = new QActionGroup(this);
    const auto add = [&](const char* text, XAxis value) {
        addChoice(
            axis, group, QString::fromLatin1(text),
            [value](LineSettings& settings) { settings.xAxis = value; },
            [value](const LineSettings& settings) { return settings.xAxis == value; });
    };
    add("Step", XAxis::Step);
    add("Time since its first point", XAxis::RelativeTime);
    add("Wall time", XAxis::WallTime);
    m_otherMetric = axis->addAction(QStringLiteral("Another metric…"), this, &LinePanel::xMetricWanted);
    m_otherMetric->setCheckable(true);
    m_otherMetric->setVisible(false);
    group->addAction(m_otherMetric);
    m_syncs.push_back([this] {
        const bool chosen = settings().xAxis == XAxis::Metric;
        m_otherMetric->setChecked(chosen);
        m_otherMetric->setText(
            chosen ? QStringLiteral("%1…").arg(QString::fromStdString(toUtf8(settings().xMetric)))
                   : QStringLiteral("Another metric…"));
    });
    QMenu* yAxis = m_menu->addMenu(QStringLiteral("Y axis"));
    auto* scales = new QActionGroup(this);
    const auto addScale = [&](const QString& text, bool logarithmic, bool symmetric) {
        addChoice(
            yAxis, scales, text,
            [=](LineSettings& settings) {
                settings.logY = logarithmic;
                settings.symmetricY = symmetric;
            },
            [=](const LineSettings& settings) {
                return settings.logY == logarithmic && (!logarithmic || settings.symmetricY == symmetric);
            });
    };
    addScale(QStringLiteral("Linear"), false, false);
    addScale(QStringLiteral("Logarithmic"), true, false);
    addScale(QStringLiteral("Logarithmic on both sides of zero"), true, true);
    addChoice(
        m_menu, nullptr, QStringLiteral("Clip outliers"),
        [](LineSettings& settings) { settings.clipOutliers = !settings.clipOutliers; },
        [](const LineSettings& settings) { return settings.clipOutliers; });
}

void LinePanel::addBands()
{
    QMenu* menu = m_menu->addMenu(QStringLiteral("Band"));
    m_bands = menu->menuAction();
    m_bands->setVisible(false);
    auto* group = new QActionGroup(this);
    const auto add = [&](const QString& text, BandKind kind) {
        addChoice(
            menu, group, text, [kind](LineSettings& settings) { settings.band = kind; },
            [kind](const LineSettings& settings) { return settings.band == kind; });
    };
    add(QStringLiteral("None: every run"), BandKind::None);
    for (BandKind kind :
         {BandKind::Deviation, BandKind::StandardError, BandKind::Confidence, BandKind::Extremes})
        add(QString::fromStdString(describe(kind)), kind);
    menu->addSeparator();
    QAction* members = addChoice(
        menu, nullptr, QStringLiteral("Runs behind the mean"),
        [](LineSettings& settings) { settings.showMembers = !settings.showMembers; },
        [](const LineSettings& settings) { return settings.showMembers; });
    m_syncs.push_back([this, members] { members->setEnabled(settings().band != BandKind::None); });
}

void LinePanel::setOffersMetrics(bool offers)
{
    m_otherMetric->setVisible(offers);
}

void LinePanel::setOffersBands(bool offers)
{
    m_bands->setVisible(offers);
}

void LinePanel::addSmoothing()
{
    QMenu* menu = m_menu->addMenu(QStringLiteral("Smoothing"));
    auto* group = new QActionGroup(this);
    const auto add = [&](const char* text, SmoothingKind kind) {
        addChoice(
            menu, group, QString::fromLatin1(text),
            [kind](LineSettings& settings) {
                settings.smoothing = {kind, smoothingScale(kind).initial};
            },
            [kind](const LineSettings& settings) { return settings.smoothing.kind == kind; });
    };
    add("None", SmoothingKind::None);
    add("EMA, debiased (as TensorBoard)", SmoothingKind::ExponentialAverage);
    add("EMA, time-weighted", SmoothingKind::TimeWeightedAverage);
    add("Running mean", SmoothingKind::RunningMean);
    add("Gaussian", SmoothingKind::Gaussian);
    menu->addSeparator();
    auto* amount = new AmountControl([this](double value) {
        change([value](LineSettings& settings) { settings.smoothing.amount = value; });
    });
    auto* action = new QWidgetAction(this);
    action->setText(QStringLiteral("Amount of smoothing"));
    action->setDefaultWidget(amount);
    menu->addAction(action);
    m_syncs.push_back([this, amount] { amount->showSmoothing(settings().smoothing); });
    QAction* raw = addChoice(
        menu, nullptr, QStringLiteral("Raw values behind"),
        [](LineSettings& settings) { settings.showRaw = !settings.showRaw; },
        [](const LineSettings& settings) { return settings.showRaw; });
    m_syncs.push_back([this, raw] { raw->setEnabled(settings().smoothing.kind != SmoothingKind::None); });
}

void LinePanel::buildMenu()
{
    m_menu->setTitle(QStringLiteral("Chart options"));
    addAxes();
    addSmoothing();
    addBands();
    m_menu->addSeparator();
    QAction* back = m_menu->addAction(QStringLiteral("Zoom back"), m_canvas, &LineCanvas::zoomBack);
    QAction* all = m_menu->addAction(QStringLiteral("Show everything"), m_canvas, &LineCanvas::resetZoom);
    connect(m_menu, &QMenu::aboutToShow, this, [this, back, all] {
        back->setEnabled(m_canvas->canZoomBack());
        all->setEnabled(!m_canvas->visibleWindow().isFull());
    });
    m_menu->addSeparator();
    m_menu->addAction(QStringLiteral("Show as table"), this, &LinePanel::showTable);
    m_menu->addAction(QStringLiteral("Copy image"), this, &LinePanel::copyImage);
    m_menu->addAction(QStringLiteral("Export…"), this, &LinePanel::openExport);
    m_menu->addSeparator();
}

void LinePanel::syncMenu()
{
    for (const auto& sync : m_syncs)
        sync();
}

} // namespace sextant
