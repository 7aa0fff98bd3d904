package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.physionet.provisioner.app.catalog.LayoutChoice;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Growth;
import org.physionet.provisioner.engine.planning.Plan;
import org.physionet.provisioner.engine.planning.ResourcePlan;
import org.physionet.provisioner.engine.reconcile.Clouds;
import org.physionet.provisioner.engine.store.AccessQueries.Ending;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;

/** What a person who approves a plan has to know beside its changes: what a layout can not promise, and when it will be full. */
final class PlanAdvice {
    /** A day further away is no reason to act. */
    private static final int DAYS_AHEAD = 365;

    private final Clouds clouds;
    private final Map<ResourceId, LayoutChoice> choices;
    private final Supplier<RecordView> record;
    private final Supplier<List<Ending>> endings;
    private final Instant now;

    /**
     * @param choices of layouts that were left to the planner
     * @param record asked for only where a layout has a limit
     * @param endings of the last {@link Growth#WINDOW}, likewise
     */
    PlanAdvice(
            Clouds clouds,
            Map<ResourceId, LayoutChoice> choices,
            Supplier<RecordView> record,
            Supplier<List<Ending>> endings,
            Instant now) {
        this.clouds = clouds;
        this.choices = choices;
        this.record = record;
        this.endings = endings;
        this.now = now;
    }

    /** Of the resources where the plan changes something, or a layout was or should be chosen, in the plan's order. */
    List<String> of(Plan plan) {
        Set<ResourceId> changed = plan.changes().stream().map(Change::resource).collect(Collectors.toSet());
        List<String> all = new ArrayList<>();
        for (ResourcePlan resource : plan.resources()) {
            LayoutChoice choice = choices.get(resource.resource().id());
            if (choice != null) {
                all.add(resource.resource().id() + ": " + choice.text());
            }
            Adapter adapter = clouds.adapters().get(resource.resource().provider());
            Observation observation = resource.observation();
            if (adapter == null
                    || observation == null
                    || !changed.contains(resource.resource().id())) {
                continue;
            }
            List<String> own = new ArrayList<>(adapter.cautions(resource.resource()));
            adapter.room(resource.resource(), observation)
                    .flatMap(room -> fullness(resource, observation, room))
                    .ifPresent(own::add);
            own.forEach(text -> all.add(resource.resource().id() + ": " + text));
        }
        return all;
    }

    private Optional<String> fullness(ResourcePlan resource, Observation observation, Room room) {
        Fullness fullness = new Fullness(
                resource.resource(),
                observation.owned().size(),
                growth(resource.resource(), record.get(), endings.get(), now),
                room);
        LocalDate full = fullness.fullOn(now);
        boolean soon = full != null
                && full.isBefore(
                        LocalDate.ofInstant(now, java.time.ZoneOffset.UTC).plusDays(DAYS_AHEAD));
        if (!room.narrow() && !soon) {
            return Optional.empty();
        }
        return Optional.of(
                "layout " + resource.resource().layout() + " uses " + room.used() + " of " + room.limit() + " "
                        + room.unit()
                        + (full == null
                                ? ""
                                : ", and is full on " + full + " if it grows on as in the last "
                                        + fullness.growth().window().toDays() + " days")
                        + ": " + room.advice());
    }

    static Growth growth(Resource resource, RecordView record, List<Ending> endings, Instant now) {
        ResourceRecord known = record.resources().get(resource.id());
        return known == null
                ? new Growth(0, Duration.ZERO)
                : Growth.of(resource.id(), known.firstSeenAt(), record.edges(), endings, now);
    }
}
