// ViewWindow: which part of a chart is visible. ZoomHistory: the parts seen before, to go back through.
#pragma once

#include "ui/charts/axis_scale.h"

#include <optional>
#include <vector>

namespace sextant {

/// Without a range, an axis shows everything; y then follows what is visible.
struct ViewWindow
{
    std::optional<AxisRange> x;
    std::optional<AxisRange> y;

    bool isFull() const { return !x && !y; }
    bool operator==(const ViewWindow&) const = default;
};

class ZoomHistory
{
public:
    const ViewWindow& current() const { return m_current; }
    bool canGoBack() const { return !m_before.empty(); }
    /// Shows another part. Steps with the same non-zero `gesture` (one turn of the wheel, one drag) are one
    /// step back. False when nothing changes.
    bool show(const ViewWindow& window, int gesture = 0);
    bool goBack();
    void clear();

private:
    static constexpr std::size_t kMostSteps = 100;
    ViewWindow m_current;
    std::vector<ViewWindow> m_before;
    int m_gesture = 0;
};

} // namespace sextant
