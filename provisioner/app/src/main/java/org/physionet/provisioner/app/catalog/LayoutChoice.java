package org.physionet.provisioner.app.catalog;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.LayoutLimit;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.LayoutPlanner.Forecast;
import org.physionet.provisioner.engine.planning.LayoutPlanner.Load;

/**
 * The layout of a resource whose catalog line says {@code auto}.
 *
 * @param recorded whether the choice is in the record, and so stays; else it was made now
 * @param present how full it is, and when it will be
 * @param better what would be chosen instead; null: the present one has room
 */
public record LayoutChoice(
        ResourceId resource,
        boolean recorded,
        Load load,
        Forecast present,
        @Nullable Forecast better) {
    public String layout() {
        return present.limit().layout();
    }

    /** For people, with the next step where there is one. */
    public String text() {
        String what = "layout auto: " + layout() + (recorded ? " was chosen" : " is chosen now") + " for "
                + String.format(Locale.ROOT, load.readers() == 1 ? "%.0f reader" : "%.0f readers", load.readers())
                + (load.perDay() == 0 ? "" : String.format(Locale.ROOT, ", %+.1f a day", load.perDay())) + "; "
                + state(present);
        return better == null
                ? what
                : what + "; better by now: " + better.limit().layout() + ", which " + state(better)
                        + ": provisioner layout change " + resource + " "
                        + better.limit().layout() + " --reason \"" + layout() + " is nearly full\"";
    }

    private static String state(Forecast forecast) {
        LayoutLimit limit = forecast.limit();
        return String.format(Locale.ROOT, "uses %.0f of %d %s", forecast.used(), limit.limit(), limit.unit())
                + (forecast.fullOn() == null
                        ? " and is not full in sight"
                        : " and is full on " + forecast.fullOn() + " if it goes on so");
    }
}
