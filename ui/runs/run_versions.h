// RunVersions: the model versions that were made from a run, as links to the Registry page. GUI thread only.
#pragma once

#include "ui/shell/page.h"

class QHBoxLayout;

namespace sextant {

class RunVersions final : public QWidget
{
    Q_OBJECT
public:
    explicit RunVersions(const PageContext& context, QWidget* parent = nullptr);

    void setRun(const std::string& runId);

private:
    void update();

    PageContext m_context;
    std::string m_runId;
    QHBoxLayout* m_row;
};

} // namespace sextant
