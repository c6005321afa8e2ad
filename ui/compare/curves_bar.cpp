#include "ui/compare/curves_bar.h"

#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/store_text.h"

#include <QActionGroup>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QSlider>

namespace sextant {

namespace {

constexpr int kSliderSteps = 1000;
constexpr int kAmountDelay = 120; // a slider that is being dragged starts no work until it rests
constexpr int kSliderFrom = 1080; // narrower, the number alone has to do
constexpr int kBadgeFrom = 1180;

} // namespace

CurvesBar::CurvesBar(CompareContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_slider(new QSlider(Qt::Horizontal)),
      m_number(new QDoubleSpinBox), m_sync(new QCheckBox(tr("Sync zoom"))), m_badge(new BadgeLabel),
      m_metricList(new CheckList(tr("Metrics"), tr("Find metric"), this))
{
    const auto& theme = Theme::of(this);
    setFixedHeight(theme.length("bar.filter"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
    layout->setSpacing(theme.length("space.2"));
    for (auto field : kCurveFields) {
        auto*& button = m_fields[static_cast<std::size_t>(field)];
        button = new PickerButton(fieldName(field));
        auto* menu = new QMenu(this);
        connect(menu, &QMenu::aboutToShow, this, [this, menu, field] {
            menu->clear();
            fillField(menu, field, {}, [this](const CurveChoice& changes) { applyToPage(changes); });
        });
        button->setMenu(menu);
        layout->addWidget(button);
        if (field == CurveField::Smoothing) {
            layout->addWidget(m_slider);
            layout->addWidget(m_number);
            layout->addSpacing(theme.length("space.2"));
        }
    }
    m_slider->setRange(0, kSliderSteps);
    m_slider->setFixedWidth(110);
    m_slider->setAccessibleName(tr("Amount of smoothing"));
    m_number->setAccessibleName(tr("Amount of smoothing as a number"));
    m_number->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_number->setFixedWidth(58);
    m_number->setKeyboardTracking(false);
    setControlRole(m_sync, ControlRole::Switch);
    layout->addSpacing(theme.length("space.1"));
    layout->addWidget(m_sync);
    layout->addStretch(1);
    layout->addWidget(m_badge);
    connect(m_slider, &QSlider::valueChanged, this, [this](int place) {
        auto scale =
            smoothingScale(resolveCurve(m_context.controller.view(), {}, {}).settings.smoothing.kind);
        m_number->setValue(scale.minimum + (scale.maximum - scale.minimum) * place / kSliderSteps);
    });
    connect(m_number, &QDoubleSpinBox::valueChanged, this, &CurvesBar::onAmount);
    m_amountDelay.setSingleShot(true);
    m_amountDelay.setInterval(kAmountDelay);
    connect(&m_amountDelay, &QTimer::timeout, this, [this] {
        CurveChoice changes;
        changes.smoothingAmount = m_number->value();
        applyToPage(changes);
    });
    connect(m_sync, &QCheckBox::toggled, this, [this](bool on) {
        if (!m_quiet)
            m_context.controller.change(on ? tr("zoom together") : tr("zoom apart"),
                                        [on](CompareView& view) { view.syncZoom = on; });
    });
    connect(m_metricList, &CheckList::toggled, this, [this](int entry, bool) {
        CurveChoice changes;
        changes.xAxis = static_cast<int>(XAxis::Step);
        changes.xMetric = m_metrics[static_cast<std::size_t>(entry)];
        m_metricList->hide();
        if (m_applyMetric)
            m_applyMetric(changes);
    });
    m_badge->hide();
    takeView();
}

void CurvesBar::fillField(QMenu* menu, CurveField field, const std::string& section, const Apply& apply)
{
    auto resolved = resolveCurve(m_context.controller.view(), section, {});
    auto* group = new QActionGroup(menu);
    for (const auto& option : fieldOptions(field)) {
        auto* action = menu->addAction(option.text);
        action->setCheckable(true);
        action->setChecked(holds(resolved.choice, field, option.choice));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [apply, choice = option.choice] { apply(choice); });
    }
    if (field == CurveField::Band) {
        menu->addSeparator();
        auto* members = menu->addAction(tr("Show the runs behind the mean"));
        members->setCheckable(true);
        members->setChecked(resolved.choice.members.value_or(0) != 0);
        members->setEnabled(resolved.choice.band.value_or(0) != 0);
        connect(members, &QAction::triggered, this, [apply](bool on) {
            CurveChoice choice;
            choice.members = on ? 1 : 0;
            apply(choice);
        });
    }
    if (field == CurveField::X) {
        menu->addSeparator();
        auto* other = menu->addAction(tr("Another metric…"));
        other->setCheckable(true);
        other->setChecked(!resolved.choice.xMetric.value_or(std::string()).empty());
        connect(other, &QAction::triggered, this, [this, apply] { pickMetricForX(apply); });
    }
}

void CurvesBar::pickMetricForX(const Apply& apply)
{
    m_applyMetric = apply;
    m_metrics = m_context.controller.scene()->metrics;
    auto now = resolveCurve(m_context.controller.view(), {}, {}).choice.xMetric.value_or(std::string());
    std::vector<CheckEntry> entries;
    for (const auto& metric : m_metrics)
        entries.push_back({tr("Metrics"), oneLine(metric), {}, metric == now});
    m_metricList->setEntries(std::move(entries));
    m_metricList->openBelow(m_fields[0]);
}

void CurvesBar::pickMetricForPanel(const std::string& metric)
{
    pickMetricForX([this, metric](const CurveChoice& changes) {
        m_context.controller.change(tr("change panel"),
                                    [&](CompareView& view) { lay(view.panelSettings[metric], changes); });
    });
}

void CurvesBar::applyToPage(const CurveChoice& changes)
{
    m_context.controller.change(tr("change curves"), [&](CompareView& view) { lay(view.settings, changes); });
}

void CurvesBar::openSectionMenu(const std::string& section, QPoint global)
{
    auto* menu = new QMenu(this);
    connect(menu, &QMenu::aboutToHide, menu, &QObject::deleteLater);
    auto resolved = resolveCurve(m_context.controller.view(), section, {});
    auto apply = [this, section](const CurveChoice& changes) {
        m_context.controller.change(tr("change section"),
                                    [&](CompareView& view) { lay(view.sectionSettings[section], changes); });
    };
    for (auto field : kCurveFields) {
        auto* sub = menu->addMenu(
            tr("%1 %2, %3")
                .arg(fieldName(field), fieldText(field, resolved.choice), levelText(resolved.level(field))));
        fillField(sub, field, section, apply);
    }
    menu->addSeparator();
    auto* reset = menu->addAction(tr("Reset section to page"));
    auto ofSection = [&](CurveField field) { return resolved.level(field) == SettingsLevel::Section; };
    reset->setEnabled(std::any_of(std::begin(kCurveFields), std::end(kCurveFields), ofSection));
    connect(reset, &QAction::triggered, this, [this, section] {
        m_context.controller.change(tr("reset section"),
                                    [&](CompareView& view) { view.sectionSettings.erase(section); });
    });
    menu->popup(global);
}

void CurvesBar::takeView()
{
    const auto& view = m_context.controller.view();
    auto resolved = resolveCurve(view, {}, {});
    for (auto field : kCurveFields) {
        auto text = fieldText(field, resolved.choice);
        const auto& groupedBy = m_context.controller.scene()->groupedBy;
        if (field == CurveField::Band && resolved.choice.band.value_or(0) != 0)
            text = groupedBy.isEmpty() ? tr("%1 of all runs").arg(text) : tr("%1 by %2").arg(text, groupedBy);
        m_fields[static_cast<std::size_t>(field)]->setValue(text);
    }
    m_quiet = true;
    m_sync->setChecked(view.syncZoom);
    showAmount();
    m_quiet = false;
}

void CurvesBar::showAmount()
{
    auto smoothing = resolveCurve(m_context.controller.view(), {}, {}).settings.smoothing;
    auto scale = smoothingScale(smoothing.kind);
    auto on = smoothing.kind != SmoothingKind::None;
    const QSignalBlocker blockNumber(m_number), blockSlider(m_slider);
    m_slider->setEnabled(on);
    m_number->setEnabled(on);
    m_number->setDecimals(scale.decimals);
    m_number->setRange(scale.minimum, scale.maximum);
    m_number->setSingleStep(scale.step);
    if (!m_amountDelay.isActive())
        m_number->setValue(smoothing.amount);
    m_slider->setValue(scale.maximum > scale.minimum ? qRound((m_number->value() - scale.minimum) /
                                                              (scale.maximum - scale.minimum) * kSliderSteps)
                                                     : 0);
}

void CurvesBar::onAmount(double)
{
    m_amountDelay.start();
    auto scale = smoothingScale(resolveCurve(m_context.controller.view(), {}, {}).settings.smoothing.kind);
    const QSignalBlocker block(m_slider);
    m_slider->setValue(
        qRound((m_number->value() - scale.minimum) / (scale.maximum - scale.minimum) * kSliderSteps));
}

void CurvesBar::showPoints(std::size_t points, bool loading, std::size_t leftOut)
{
    m_hasPoints = points > 0 || loading;
    if (loading)
        m_badge->setBadge(Badge::neutral(
            QStringLiteral("loader-circle"),
            points == 0 ? tr("Reading histories") : tr("%1 points, more to come").arg(formatCount(points))));
    else if (leftOut > 0)
        m_badge->setBadge(Badge::warning(tr("%1 runs not drawn").arg(formatCount(leftOut))));
    else
        m_badge->setBadge(Badge::success(tr("All %1 points").arg(formatCount(points))));
    m_badge->setToolTip(
        leftOut > 0 ? tr("A panel draws 1,000 runs at most, the first of the list; sort or filter it")
                    : tr("Every logged point of the panels in sight is drawn: each pixel column shows its "
                         "lowest and highest value"));
    m_badge->setVisible(m_hasPoints && width() >= kBadgeFrom);
}

void CurvesBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_slider->setVisible(width() >= kSliderFrom);
    m_badge->setVisible(m_hasPoints && width() >= kBadgeFrom);
}

} // namespace sextant
