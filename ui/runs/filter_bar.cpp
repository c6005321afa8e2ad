#include "ui/runs/filter_bar.h"

#include "core/query/complete.h"
#include "core/query/tokens.h"

#include "ui/runs/completion_popup.h"
#include "ui/runs/filter_field.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>

namespace sextant {

namespace {

constexpr int kErrorDelay = 400; // while typing goes on, what is not finished is not yet an error
constexpr int kTypingDelay = 150;
constexpr int kWordDelay = 600;
constexpr std::size_t kCompletions = 50;

class ErrorIcon final : public QWidget
{
public:
    ErrorIcon() { setFixedSize(16, 16); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const auto& theme = Theme::of(this);
        QPainter painter(this);
        theme.drawIcon(&painter, rect(), QStringLiteral("circle-x"), 14, theme.color("error.fg"));
    }
};

} // namespace

/// The repaired words in colours, and the keys that take them.
class RepairButton final : public QAbstractButton
{
public:
    explicit RepairButton(QWidget* parent) : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override
    {
        const auto& theme = Theme::of(this);
        auto text = QFontMetrics(theme.font(Theme::Text::Mono)).horizontalAdvance(this->text());
        return {std::min(text, 420) + keyCapsWidth(theme, keys()) + 26, theme.length("control.small")};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const auto& theme = Theme::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.color(hasFocus() ? "focus.ring" : "border.control"), hasFocus() ? 2 : 1));
        painter.setBrush(theme.color(isDown() ? "bg.4" : underMouse() ? "hover" : "bg.1"));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        auto area = rect().adjusted(8, 0, -8, 0);
        auto caps = keyCapsWidth(theme, keys());
        paintKeyCaps(theme, &painter, QRect(area.right() - caps + 1, 0, caps, height()), keys());
        area.setRight(area.right() - caps - 8);
        painter.setFont(theme.font(Theme::Text::Mono));
        painter.setPen(theme.color("text"));
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, area.width()));
    }

private:
    static QStringList keys() { return {QStringLiteral("Alt"), QStringLiteral("Enter")}; }
};

FilterBar::FilterBar(RunsController& controller, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_field(new FilterField),
      m_count(new TextLabel({}, Theme::Text::Small, "text.muted")), m_badge(new BadgeLabel)
{
    const auto& theme = Theme::of(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* line = new QWidget;
    line->setFixedHeight(theme.length("bar.filter"));
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
    layout->setSpacing(theme.length("space.2"));
    layout->addWidget(m_field, 1);
    layout->addSpacing(theme.length("space.2"));
    layout->addWidget(m_count);
    layout->addWidget(m_badge);
    column->addWidget(line);
    buildErrorRow();
    column->addWidget(m_errorRow);

    m_errorDelay.setSingleShot(true);
    m_errorDelay.setInterval(kErrorDelay);
    connect(&m_errorDelay, &QTimer::timeout, this, &FilterBar::showError);
    m_field->setCompleter([this](const std::string& text, std::size_t cursor) {
        return complete(text, cursor, FilterTarget::Runs, m_controller.table().get(), kCompletions);
    });
    m_applyDelay.setSingleShot(true);
    connect(&m_applyDelay, &QTimer::timeout, this,
            [this] { m_controller.setFilterText(m_field->text(), false); });
    connect(m_field, &FilterField::edited, this, [this] {
        // A word with completions below it is most likely not yet whole.
        m_applyDelay.start(m_field->popup().isOpen() ? kWordDelay : kTypingDelay);
    });
    connect(m_field, &FilterField::committed, this, [this](const QString& text) {
        m_applyDelay.stop();
        m_controller.setFilterText(text, true);
        showError();
    });
    connect(m_field, &FilterField::leaveRequested, this, &FilterBar::leaveRequested);
    connect(&controller, &RunsController::filterChanged, this, &FilterBar::onFilterChanged);
    connect(&controller, &RunsController::stateChanged, this, &FilterBar::updateCounts);
    connect(&controller, &RunsController::arranged, this, &FilterBar::updateCounts);
    onFilterChanged();
}

void FilterBar::buildErrorRow()
{
    const auto& theme = Theme::of(this);
    m_errorRow = new QWidget;
    m_errorRow->setFixedHeight(30);
    m_errorRow->hide();
    m_sentence = new ElidedLabel(Theme::Text::Small, "error.fg");
    m_place = new TextLabel({}, Theme::Text::Small, "text.muted");
    m_didYouMean = new TextLabel(tr("Did you mean"), Theme::Text::Small, "text.muted");
    m_repairButton = new RepairButton(m_errorRow);
    m_note = new ElidedLabel(Theme::Text::Small, "text.muted");
    auto* layout = new QHBoxLayout(m_errorRow);
    layout->setContentsMargins(theme.length("space.3") + 6, 0, theme.length("space.3"), 4);
    layout->setSpacing(6);
    layout->addWidget(new ErrorIcon);
    layout->addWidget(m_sentence);
    layout->addWidget(m_place);
    layout->addSpacing(4);
    layout->addWidget(m_didYouMean);
    layout->addWidget(m_repairButton);
    layout->addWidget(m_note);
    layout->addStretch(1);
    m_repairButton->setAccessibleName(tr("Apply the offered fix"));
    connect(m_repairButton, &QAbstractButton::clicked, this, &FilterBar::applyRepair);
}

bool FilterBar::errorShown() const
{
    return m_errorRow->isVisibleTo(this);
}

void FilterBar::onFilterChanged()
{
    auto text = QString::fromStdString(m_controller.filterText());
    if (m_field->text() != text && !m_applyDelay.isActive())
        m_field->setText(text); // undone, restored, or set by an action
    if (!m_controller.filterError() || errorShown())
        showError();
    else
        m_errorDelay.start();
    updateCounts();
}

void FilterBar::showError()
{
    m_errorDelay.stop();
    const auto& error = m_controller.filterError();
    m_field->setInvalid(error.has_value());
    m_field->setErrorRange(error ? error->range : std::nullopt);
    m_errorRow->setVisible(error.has_value());
    m_repaired.clear();
    if (!error)
        return;
    m_sentence->setText(QString::fromStdString(error->message));
    m_place->setText({});
    if (error->range) {
        auto before = m_controller.filterText().substr(0, error->range->begin);
        m_place->setText(tr("(column %1)").arg(QString::fromStdString(before).size() + 1));
    }
    m_note->setText(QString::fromStdString(error->hint));
    offerFix();
    fitErrorRow();
}

/// The sentence and the fix come first; where they fill the row, the rest is left out.
void FilterBar::fitErrorRow()
{
    const auto* row = m_errorRow->layout();
    const auto margins = row->contentsMargins();
    const int room = width() - margins.left() - margins.right();
    m_note->setVisible(!m_note->text().isEmpty());
    m_didYouMean->setVisible(!m_repaired.empty());
    m_place->setVisible(!m_place->text().isEmpty());
    for (QWidget* part : std::initializer_list<QWidget*>{m_note, m_didYouMean, m_place})
        if (row->sizeHint().width() - margins.left() - margins.right() > room)
            part->hide();
}

void FilterBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitErrorRow();
}

void FilterBar::offerFix()
{
    auto offered = repair(m_controller.filterText(), FilterTarget::Runs);
    m_repairButton->setVisible(offered.has_value());
    if (!offered)
        return;
    m_repaired = offered->text;
    m_repairButton->setText(oneLine(offered->shown));
    m_repairButton->setAccessibleName(tr("Use %1").arg(oneLine(offered->shown)));
    m_repairButton->updateGeometry();
    if (!offered->note.empty())
        m_note->setText(QString::fromStdString(offered->note));
}

void FilterBar::applyRepair()
{
    if (m_applyDelay.isActive()) {
        m_applyDelay.stop();
        m_controller.setFilterText(m_field->text(), false);
        showError();
    }
    if (m_repaired.empty())
        return;
    m_field->replaceText(QString::fromStdString(m_repaired));
    m_field->setFocus();
}

void FilterBar::updateCounts()
{
    auto candidates = m_controller.candidateRuns();
    auto matching = m_controller.matchingRuns();
    auto filtered = !m_controller.filterText().empty();
    m_count->setText(
        !m_controller.table() ? QString()
        : filtered ? counted(candidates, tr("%1 of 1 run"), tr("%2 of %1 runs")).arg(formatCount(matching))
                   : counted(candidates, tr("1 run"), tr("%1 runs")));
    m_badge->setVisible(filtered);
    if (m_controller.filterError()) {
        m_badge->setBadge(Badge{QStringLiteral("clock"), tr("Last valid filter"), "warning.fg", "warning.bg",
                                Badge::Look::Filled});
    } else if (m_controller.filterIsPortable()) {
        m_badge->setBadge(Badge::neutral(QStringLiteral("database"), tr("Store filter")));
        m_badge->setToolTip(tr("MLflow understands this filter as well."));
    } else {
        m_badge->setBadge(Badge{QStringLiteral("compass"), tr("Sextant filter"), "info.fg", "info.bg",
                                Badge::Look::Filled});
        m_badge->setToolTip(tr("This filter goes beyond MLflow's language and is evaluated here."));
    }
}

void FilterBar::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.2"));
    painter.fillRect(0, height() - 1, width(), 1, theme.color("border.hairline"));
}

} // namespace sextant
