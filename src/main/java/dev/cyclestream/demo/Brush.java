package dev.cyclestream.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/**
 * Draws flat shapes on a square of 36 x 36 units, y downwards, the grid that emoji are commonly drawn on. Every method
 * returns the brush.
 */
final class Brush {

    static final double SIZE = 36;

    private final Graphics2D graphics;

    Brush(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** Chooses the colour of what follows, as {@code 0xRRGGBB}. */
    Brush color(int rgb) {
        graphics.setColor(new Color(rgb));
        return this;
    }

    Brush circle(double centerX, double centerY, double radius) {
        return ellipse(centerX, centerY, radius, radius);
    }

    Brush ellipse(double centerX, double centerY, double radiusX, double radiusY) {
        return fill(oval(centerX, centerY, radiusX, radiusY));
    }

    Brush rectangle(double left, double top, double width, double height) {
        return fill(new Rectangle2D.Double(left, top, width, height));
    }

    Brush rounded(double left, double top, double width, double height, double radius) {
        return fill(new RoundRectangle2D.Double(left, top, width, height, 2 * radius, 2 * radius));
    }

    /** A polygon through points given as x, y, x, y, ... */
    Brush polygon(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return fill(path);
    }

    /** A closed outline of cubic curves: the start, then two control points and an end for each curve. */
    Brush curves(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 6) {
            path.curveTo(points[i], points[i + 1], points[i + 2], points[i + 3], points[i + 4], points[i + 5]);
        }
        path.closePath();
        return fill(path);
    }

    /** A star or a flower of spikes: {@code points} tips at the outer radius, as many notches at the inner one. */
    Brush star(double centerX, double centerY, int points, double outer, double inner) {
        double[] corners = new double[4 * points];
        for (int i = 0; i < 2 * points; i++) {
            double radius = i % 2 == 0 ? outer : inner;
            double angle = Math.PI * i / points - Math.PI / 2;
            corners[2 * i] = centerX + radius * Math.cos(angle);
            corners[2 * i + 1] = centerY + radius * Math.sin(angle);
        }
        return polygon(corners);
    }

    /** A pie, from an angle over an extent, in degrees against the clock from three o'clock. */
    Brush pie(double centerX, double centerY, double radius, double start, double extent) {
        return fill(
                new Arc2D.Double(centerX - radius, centerY - radius, 2 * radius, 2 * radius, start, extent, Arc2D.PIE));
    }

    /** A circle without the part that another one covers. */
    Brush crescent(double centerX, double centerY, double radius, double biteX, double biteY, double biteRadius) {
        Area area = new Area(oval(centerX, centerY, radius, radius));
        area.subtract(new Area(oval(biteX, biteY, biteRadius, biteRadius)));
        return fill(area);
    }

    /** A line with round ends. */
    Brush line(double width, double fromX, double fromY, double toX, double toY) {
        Path2D path = new Path2D.Double();
        path.moveTo(fromX, fromY);
        path.lineTo(toX, toY);
        return stroke(width, path);
    }

    /** An arc with round ends, angles as in {@link #pie}. */
    Brush arc(double width, double centerX, double centerY, double radius, double start, double extent) {
        return stroke(
                width,
                new Arc2D.Double(
                        centerX - radius, centerY - radius, 2 * radius, 2 * radius, start, extent, Arc2D.OPEN));
    }

    private Brush stroke(double width, Shape shape) {
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
        return this;
    }

    private Brush fill(Shape shape) {
        graphics.fill(shape);
        return this;
    }

    private static Shape oval(double centerX, double centerY, double radiusX, double radiusY) {
        return new Ellipse2D.Double(centerX - radiusX, centerY - radiusY, 2 * radiusX, 2 * radiusY);
    }
}
