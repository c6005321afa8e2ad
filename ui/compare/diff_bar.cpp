#include "ui/compare/diff_bar.h"

#include "ui/compare/compare_scene.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/picker_button.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"

#include <QActionGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace sextant {

namespace {

constexpr int kSearchWidth = 200;
constexpr int kNarrowestSearch = 110;
constexpr int kCountsFrom = 1'000; // of the bar
constexpr int kNoteFrom = 1'300;   // of the bar; narrower, what is hidden stands in the switch's tip
constexpr int kBaselineWidth = 220;
constexpr std::size_t kMostInMenu = 40;

/// Menus read & as an underline.
QString menuText(QString text)
{
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

DiffBar::DiffBar(QWidget* parent)
    : QWidget(parent), m_search(new SearchField(tr("Find field (regex)"))),
      m_kinds(new SegmentedControl(tr("Kind of field"))), m_only(new QCheckBox(tr("Only differences"))),
      m_order(new PickerButton(tr("Order by"))), m_baseline(new PickerButton(tr("Baseline"))),
      m_orderMenu(new QMenu(this)), m_baselineMenu(new QMenu(this)),
      m_note(new ElidedLabel(Theme::Text::Small, "text.muted", Qt::ElideRight)),
      m_problem(new ElidedLabel(Theme::Text::Small, "error.fg", Qt::ElideRight))
{
    const auto& theme = Theme::of(this);
    setFixedHeight(theme.length("bar.filter"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.length("space.3"), 0, theme.length("space.3"), 0);
    layout->setSpacing(theme.length("space.2"));
    m_search->setMinimumWidth(kNarrowestSearch);
    m_search->setMaximumWidth(kSearchWidth);
    m_search->installEventFilter(this);
    for (const auto& text : {tr("All"), tr("Params"), tr("Metrics"), tr("Tags"), tr("Code"), tr("Data")})
        m_kinds->addSegment({}, text);
    setControlRole(m_only, ControlRole::Switch);
    m_only->setToolTip(tr("Leaves out fields that are the same in all runs (X)"));
    m_order->setMenu(m_orderMenu);
    m_baseline->setMenu(m_baselineMenu);
    m_baseline->setMaximumWidth(kBaselineWidth);
    for (QWidget* part :
         {static_cast<QWidget*>(m_search), static_cast<QWidget*>(m_kinds), static_cast<QWidget*>(m_only),
          static_cast<QWidget*>(m_order), static_cast<QWidget*>(m_baseline)})
        layout->addWidget(part);
    layout->insertSpacing(3, theme.length("space.1"));
    layout->insertSpacing(2, theme.length("space.1"));
    layout->addStretch(1);
    layout->addWidget(m_problem);
    layout->addWidget(m_note);
    m_problem->hide();
    m_note->setAccessibleName(tr("Hidden fields"));
    m_problem->setAccessibleName(tr("Problem of the search"));
    connect(m_search, &QLineEdit::textEdited, this, &DiffBar::searched);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty() && !m_settings.search.isEmpty()) // the clear button does not count as an edit
            emit searched(text);
    });
    connect(m_kinds, &SegmentedControl::picked, this,
            [this](int index) { emit kindPicked(static_cast<DiffKind>(index)); });
    connect(m_only, &QCheckBox::clicked, this, &DiffBar::onlyDifferencesPicked);
    connect(m_orderMenu, &QMenu::aboutToShow, this, &DiffBar::fillOrderMenu);
    connect(m_baselineMenu, &QMenu::aboutToShow, this, &DiffBar::fillBaselineMenu);
}

void DiffBar::showSettings(const DiffSettings& settings)
{
    m_settings = settings;
    if (m_search->text() != settings.search)
        m_search->setText(settings.search);
    m_kinds->setCurrent(static_cast<int>(settings.kind));
    m_only->setChecked(settings.onlyDifferences);
    m_order->setValue(settings.order == DifferenceOrder::Variation ? tr("Variation") : tr("Key"));
    auto problem = searchProblem(settings.search);
    setInError(m_search, !problem.isEmpty());
    m_search->setToolTip(problem);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    fit();
}

void DiffBar::showContent(const DiffContentPtr& content, const std::vector<RunLook>& runs)
{
    m_content = content;
    m_runs = runs;
    m_baseline->setValue(runs.empty() ? tr("none") : runs.front().name);
    m_baseline->setToolTip(runs.empty() || runs.front().baseline
                               ? QString()
                               : tr("No baseline is set: the first run serves as one"));
    m_note->setText(note());
    m_only->setToolTip(tr("Leaves out fields that are the same in all runs (X)") +
                       (m_note->text().isEmpty() ? QString() : QLatin1Char('\n') + m_note->text()));
    fit();
}

/// Where the bar is narrow, counts and the note give way to what can be chosen.
void DiffBar::fit()
{
    const std::array names{tr("All"), tr("Params"), tr("Metrics"), tr("Tags"), tr("Code"), tr("Data")};
    for (std::size_t i = 1; i < names.size(); ++i)
        m_kinds->setText(static_cast<int>(i),
                         m_content && width() >= kCountsFrom
                             ? names[i] + QLatin1Char(' ') + formatCount(m_content->matrix->fields[i])
                             : names[i]);
    m_note->setVisible(m_problem->text().isEmpty() && width() >= kNoteFrom);
}

void DiffBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

QString DiffBar::note() const
{
    if (!m_content || m_content->hidden == 0)
        return {};
    return m_content->hidden == 1 ? tr("1 constant field hidden")
                                  : tr("%1 constant fields hidden").arg(formatCount(m_content->hidden));
}

void DiffBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void DiffBar::fillOrderMenu()
{
    m_orderMenu->clear();
    auto* group = new QActionGroup(m_orderMenu);
    for (auto order : {DifferenceOrder::Variation, DifferenceOrder::Key}) {
        auto* action = m_orderMenu->addAction(
            order == DifferenceOrder::Variation ? tr("Variation, most different values first") : tr("Key"));
        action->setCheckable(true);
        action->setChecked(order == m_settings.order);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, order] { emit orderPicked(order); });
    }
    m_orderMenu->addSeparator();
    auto* deltas = m_orderMenu->addAction(tr("Numbers as differences from the baseline"));
    deltas->setCheckable(true);
    deltas->setChecked(m_settings.deltas);
    connect(deltas, &QAction::triggered, this, &DiffBar::deltasPicked);
}

void DiffBar::fillBaselineMenu()
{
    m_baselineMenu->clear();
    for (std::size_t i = 0; i < std::min(m_runs.size(), kMostInMenu); ++i) {
        auto* action = m_baselineMenu->addAction(menuText(m_runs[i].name));
        action->setCheckable(true);
        action->setChecked(m_runs[i].baseline);
        connect(action, &QAction::triggered, this, [this, id = m_runs[i].runId] { emit baselinePicked(id); });
    }
    if (m_runs.size() > kMostInMenu)
        m_baselineMenu
            ->addAction(tr("%1 more: press B on a column").arg(formatCount(m_runs.size() - kMostInMenu)))
            ->setEnabled(false);
}

bool DiffBar::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        auto key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Down) {
            emit searchLeft();
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

void DiffBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const auto& theme = Theme::of(this);
    painter.fillRect(rect(), theme.color("bg.2"));
    painter.fillRect(0, height() - 1, width(), 1, theme.color("border.hairline"));
}

} // namespace sextant
