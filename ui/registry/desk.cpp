#include "ui/registry/desk.h"

#include "ui/registry/desk_head.h"
#include "ui/registry/desk_sheets.h"
#include "ui/registry/desk_side.h"
#include "ui/registry/desk_text.h"
#include "ui/registry/registry_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QMenu>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sextant {

namespace {
constexpr int kSide = 396;
const QString kTab = QStringLiteral("requests");
} // namespace

Desk::Desk(PageContext context, RegistryPage& page)
    : m_context(std::move(context)), m_page(page), m_work(new DeskWork(m_context.session, this))
{
    build();
    page.addTab(kTab, tr("Requests"), this, [this](const QString& rest) { open(rest); });
    page.setTabSettled([this] { return settled(); });
    addActions();
    addActActions();
    connectWork();
    auto& session = m_context.session;
    connect(&session, &Session::storeChanged, this, &Desk::onStoreChanged);
    connect(&session, &Session::unlockedChanged, this, &Desk::updateChoice);
    connect(m_context.registry, &RegistryFeed::changed, this, &Desk::refresh);
    connect(&page, &RegistryPage::promotionWanted, this, &Desk::request);
    connect(&m_context.workspaces, &WorkspaceHistory::changed, this, [this] {
        if (m_case && isVisible())
            onCaseRead(m_case);
    });
    onStoreChanged();
}

Desk::~Desk()
{
    delete m_outer; // its views show models of this
}

void Desk::build()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner = new Banner(this));
    m_banner->hide();
    m_outer = new QStackedWidget;
    m_outer->addWidget(m_state = new StatePanel);
    auto* splitter = new Splitter(Qt::Horizontal, QStringLiteral("desk"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_inbox = new DeskInbox(m_inboxModel));
    m_middle = new QStackedWidget;
    m_middle->addWidget(m_caseState = new StatePanel);
    m_middle->addWidget(buildCase());
    splitter->addWidget(m_middle);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({Theme::of(this).length("panel.sideList"), 10'000});
    m_outer->addWidget(splitter);
    column->addWidget(m_outer, 1);
    connect(m_inbox, &DeskInbox::picked, this, &Desk::pick);
}

QWidget* Desk::buildCase()
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head = new DeskHead);
    auto* splitter = new Splitter(Qt::Horizontal, QStringLiteral("desk.case"));
    splitter->setChildrenCollapsible(false);
    m_sheets = new DeskSheets;
    m_sheets->setMinimumWidth(380);
    splitter->addWidget(m_sheets);
    auto* right = new QWidget;
    right->setMinimumWidth(300);
    auto* lines = new QVBoxLayout(right);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    lines->addWidget(m_side = new DeskSide, 1);
    lines->addWidget(m_decision = new DeskDecision);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({10'000, kSide});
    column->addWidget(splitter, 1);
    connect(m_side, &DeskSide::seenChanged, this, &Desk::updateChoice);
    connect(m_decision, &DeskDecision::reasonChanged, this, &Desk::updateChoice);
    auto* menu = new QMenu(tr("More acts"), this);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(menu); });
    m_head->setMenu(menu);
    return part;
}

void Desk::connectWork()
{
    connect(m_work, &DeskWork::deskRead, this, &Desk::onDeskRead);
    connect(m_work, &DeskWork::caseRead, this, &Desk::onCaseRead);
    connect(m_work, &DeskWork::deskFailed, this, [this](const Error& error) {
        m_state->showError(error);
        m_state->setAction(tr("Try again"), [this] { m_work->readDesk(); });
        m_outer->setCurrentIndex(0);
        emit m_page.statusChanged();
    });
    connect(m_work, &DeskWork::caseFailed, this, [this](const Error& error) {
        m_case.reset();
        m_caseState->showError(error);
        m_caseState->setAction(tr("Try again"), [this] { pick(m_picked); });
        m_middle->setCurrentIndex(0);
        updateActions();
        emit m_page.statusChanged();
    });
    connect(m_work, &DeskWork::acted, this, [this](const QString& sentence, const std::string& promotionId) {
        m_decision->clearReason();
        if (!promotionId.empty())
            m_picked = promotionId;
        tell(true, sentence + QLatin1Char('.'), tr("It is signed and in the log."));
        m_work->readDesk();
        m_context.registry->refresh();
    });
    connect(m_work, &DeskWork::refused, this, [this](const Error& error) {
        tell(false, QString::fromStdString(error.message), QString::fromStdString(error.hint));
        m_work->readDesk(); // somebody else may have acted
    });
}

void Desk::onStoreChanged()
{
    m_data.reset();
    m_case.reset();
    m_picked.clear();
    m_dirty = true;
    m_inboxModel.setData(DeskDataPtr());
    m_side->setCase({});
    m_decision->clearReason();
    m_banner->hide();
    m_state->showLoading(tr("Reading promotions"));
    m_outer->setCurrentIndex(0);
    m_page.setTabText(kTab, tr("Requests"));
    updateActions();
}

/// The registry was read: what waits may be different.
void Desk::refresh()
{
    m_dirty = true;
    if (m_context.session.state() == Session::State::Open && m_context.registry->data() &&
        !m_work->reading()) {
        m_dirty = false;
        m_work->readDesk();
    }
}

void Desk::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_dirty)
        refresh();
    else if (m_case)
        updateChoice();
}

void Desk::onDeskRead(const DeskDataPtr& data)
{
    m_data = data;
    m_inboxModel.setData(data);
    auto waiting = data->count(DeskBox::Mine);
    m_page.setTabText(kTab, waiting > 0 ? tr("Requests %1").arg(waiting) : tr("Requests"));
    updateState();
    if (m_dirty)
        refresh();
    if (data->items.empty())
        return;
    if (!data->find(m_picked))
        m_picked = data->items.front().promotion.id();
    m_inbox->select(m_picked);
    pick(m_picked);
}

void Desk::updateState()
{
    if (m_data && m_data->items.empty() && m_data->problems.empty()) {
        m_state->showEmpty(
            QStringLiteral("git-pull-request-arrow"), tr("No promotion was asked for yet"),
            tr("A promotion puts a version at a stage or an alias after reviewers agreed on the "
               "evidence; every step is signed and kept beside the model."));
        m_state->setAction(tr("Request promotion…"), [this] { request({}, 0, {}); });
    }
    m_outer->setCurrentIndex(m_data && !(m_data->items.empty() && m_data->problems.empty()) ? 1 : 0);
    if (m_data && m_data->items.empty()) {
        m_caseState->showEmpty(QStringLiteral("shield-alert"), tr("No log of this store can be used"),
                               tr("The Audit page says what is wrong with each"));
        m_caseState->setAction(tr("Go to Audit"),
                               [this] { m_context.navigate(QStringLiteral("audit"), {}); });
        m_middle->setCurrentIndex(0);
    }
    updateActions();
    emit m_page.statusChanged();
}

void Desk::pick(const std::string& promotionId)
{
    if (m_picked != promotionId)
        m_decision->clearReason();
    m_picked = promotionId;
    if (!m_case || m_case->item.promotion.id() != promotionId) {
        m_case.reset();
        m_caseState->showLoading(tr("Checking evidence and gates"), QString::fromStdString(promotionId));
        m_middle->setCurrentIndex(0);
        updateActions();
    }
    m_work->readCase(promotionId);
    emit m_page.statusChanged();
}

void Desk::onCaseRead(const DeskCasePtr& made)
{
    if (made->item.promotion.id() != m_picked)
        return;
    m_case = made;
    m_head->setCase(made);
    m_sheets->setCase(made,
                      [directions = m_context.workspaces.current().directions](const std::string& metric) {
                          auto found = directions.find(metric);
                          return found == directions.end() ? 0 : int(found->second);
                      });
    m_side->setCase(made);
    m_middle->setCurrentIndex(1);
    updateChoice();
    emit m_page.statusChanged();
}

void Desk::updateChoice()
{
    if (!m_case)
        return;
    const auto& session = m_context.session;
    DeskSituation situation;
    situation.unlocked = session.unlocked();
    if (!session.info().capabilities.writable)
        situation.whyNotWritable = QString::fromStdString(session.info().capabilities.whyNotWritable);
    situation.storeName = QString::fromStdString(session.info().name);
    situation.unseen = m_side->unseen();
    situation.acting = m_work->acting();
    situation.reason = m_decision->reason().size();
    m_decision->show(choiceOf(*m_case, situation));
    updateActions();
}

void Desk::open(const QString& rest)
{
    auto slash = rest.lastIndexOf(u'/');
    if (slash <= 0)
        return;
    auto id = toStdString(rest.left(slash)) + "#" + toStdString(rest.mid(slash + 1));
    m_picked = id;
    if (m_data && m_data->find(id)) {
        m_inbox->select(id);
        pick(id);
    }
}

bool Desk::settled() const
{
    return !m_work->busy();
}

void Desk::tell(bool good, const QString& headline, const QString& text)
{
    m_banner->showMessage(good ? Banner::Kind::Info : Banner::Kind::Error, headline, text);
    m_banner->setAction(tr("Close"), [this] { m_banner->hide(); });
    m_banner->show();
}

void Desk::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), Theme::of(this).color("bg.1"));
}

} // namespace sextant
