#include "ui/charts/triangulation.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>

namespace sextant {
namespace {

struct Circle
{
    std::array<int, 3> corners;
    double x, y, squaredRadius;
};

/// A shift far below a pixel that depends on the index alone. Grids, which parameters often are, would else
/// put four points on one circle.
double shift(std::uint64_t seed)
{
    seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    seed = (seed ^ (seed >> 27)) * 0x94d049bb133111ebULL;
    return (static_cast<double>((seed ^ (seed >> 31)) >> 11) / 9007199254740992.0 - 0.5) * 1e-9;
}

/// The points in a unit square, shifted, and three corners of a triangle around all of them at the end.
std::vector<PlanePoint> prepared(const std::vector<PlanePoint>& points)
{
    const auto [left, right] =
        std::minmax_element(points.begin(), points.end(), [](auto a, auto b) { return a.x < b.x; });
    const auto [low, high] =
        std::minmax_element(points.begin(), points.end(), [](auto a, auto b) { return a.y < b.y; });
    const double width = right->x > left->x ? right->x - left->x : 1,
                 height = high->y > low->y ? high->y - low->y : 1;
    std::vector<PlanePoint> unit;
    for (std::size_t index = 0; index < points.size(); ++index)
        unit.push_back({(points[index].x - left->x) / width + shift(2 * index + 1),
                        (points[index].y - low->y) / height + shift(2 * index + 2)});
    constexpr double kFar = 100;
    unit.push_back({-kFar, -kFar});
    unit.push_back({0.5, kFar});
    unit.push_back({kFar, -kFar});
    return unit;
}

/// Around three corners; an endless one when they lie on one line.
Circle circleOf(const std::vector<PlanePoint>& points, int a, int b, int c)
{
    const PlanePoint &p = points[static_cast<std::size_t>(a)], &q = points[static_cast<std::size_t>(b)],
                     &r = points[static_cast<std::size_t>(c)];
    const double qx = q.x - p.x, qy = q.y - p.y, rx = r.x - p.x, ry = r.y - p.y;
    const double area = 2 * (qx * ry - qy * rx);
    const double qq = qx * qx + qy * qy, rr = rx * rx + ry * ry;
    const double x = (ry * qq - qy * rr) / area, y = (qx * rr - rx * qq) / area;
    return {{a, b, c}, p.x + x, p.y + y, x * x + y * y};
}

double doubleArea(const std::vector<PlanePoint>& points, const std::array<int, 3>& corners)
{
    const PlanePoint &p = points[static_cast<std::size_t>(corners[0])],
                     &q = points[static_cast<std::size_t>(corners[1])],
                     &r = points[static_cast<std::size_t>(corners[2])];
    return std::abs((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
}

/// Replaces all open triangles whose circle holds the point by those between the point and their outer edges.
void insert(const std::vector<PlanePoint>& points, int index, std::vector<Circle>& open,
            std::vector<Circle>& closed)
{
    const PlanePoint& point = points[static_cast<std::size_t>(index)];
    std::map<std::pair<int, int>, int> edges;
    std::erase_if(open, [&](const Circle& one) {
        const double dx = point.x - one.x, dy = point.y - one.y;
        if (dx > 0 && dx * dx > one.squaredRadius) { // no later point can lie in it
            closed.push_back(one);
            return true;
        }
        if (dx * dx + dy * dy > one.squaredRadius)
            return false;
        for (int side = 0; side < 3; ++side)
            ++edges[std::minmax(one.corners[static_cast<std::size_t>(side)],
                                one.corners[static_cast<std::size_t>((side + 1) % 3)])];
        return true;
    });
    for (const auto& [edge, count] : edges)
        if (count == 1)
            open.push_back(circleOf(points, edge.first, edge.second, index));
}

} // namespace

std::vector<std::array<int, 3>> delaunayTriangles(const std::vector<PlanePoint>& points)
{
    const int count = static_cast<int>(points.size());
    if (count < 3)
        return {};
    const std::vector<PlanePoint> unit = prepared(points);
    std::vector<int> order(points.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        return unit[static_cast<std::size_t>(a)].x < unit[static_cast<std::size_t>(b)].x;
    });
    std::vector<Circle> open{circleOf(unit, count, count + 1, count + 2)}, closed;
    for (int index : order)
        insert(unit, index, open, closed);
    closed.insert(closed.end(), open.begin(), open.end());
    std::vector<std::array<int, 3>> triangles;
    // Slivers that exist by the shift alone are no area.
    for (const Circle& one : closed)
        if (*std::max_element(one.corners.begin(), one.corners.end()) < count &&
            doubleArea(unit, one.corners) > 1e-5)
            triangles.push_back(one.corners);
    return triangles;
}

} // namespace sextant
