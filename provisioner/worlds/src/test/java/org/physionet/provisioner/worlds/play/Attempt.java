package org.physionet.provisioner.worlds.play;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.store.EdgeChange;
import org.physionet.provisioner.engine.store.EdgeResult;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.StoreException;
import org.physionet.provisioner.worlds.cloud.Document;
import org.physionet.provisioner.worlds.cloud.Line;
import org.physionet.provisioner.worlds.cloud.ModelAdapter.Payload;
import org.physionet.provisioner.worlds.play.Act.Trouble;

/** One run of the engine in a world: its troubles as they come due, and its judge. Dead once it is killed. */
final class Attempt implements Line {
    private static final Duration CALL = Duration.ofMillis(40);
    private static final Duration COMMIT = Duration.ofMillis(2);

    final Judge judge;
    private final World world;
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private int moment;
    private boolean dead;

    Attempt(World world, Act.Way way, Judge judge) {
        this.world = world;
        this.judge = judge;
        way.troubles().stream().sorted(Comparator.comparingInt(Trouble::at)).forEach(troubles::add);
    }

    void alive() {
        if (dead) {
            throw new Killed();
        }
    }

    private void die() {
        world.fault();
        dead = true;
        throw new Killed();
    }

    /** The next trouble, if it is due and of one of these kinds. */
    private @Nullable Trouble due(Trouble.Kind... kinds) {
        Trouble next = troubles.peek();
        if (next == null || next.at() > moment || !List.of(kinds).contains(next.kind())) {
            return null;
        }
        return troubles.poll();
    }

    private void moment() {
        alive();
        moment++;
        world.tick();
    }

    private void meanwhile() {
        Trouble trouble = due(Trouble.Kind.MEANWHILE);
        if (trouble != null) {
            world.fault();
            world.clock.pass(trouble.stall());
            trouble.meanwhile().forEach(world::perform);
            world.clock.pass(trouble.stall());
        }
    }

    void sleep(Duration time) {
        moment();
        world.clock.pass(time);
        meanwhile();
    }

    void beforeCommit() {
        moment();
        world.clock.pass(COMMIT);
        if (due(Trouble.Kind.KILLED_BEFORE_COMMIT) != null) {
            die();
        }
        if (due(Trouble.Kind.DISK_FULL) != null) {
            world.fault();
            judge.recordFailed();
            throw new StoreException("no space left on device", null);
        }
        // Some stall after they have looked at their lease, others once they have recorded what they are about to do.
        Trouble next = troubles.peek();
        if (next != null && next.at() % 2 == 1) {
            meanwhile();
        }
    }

    void afterCommit() {
        if (due(Trouble.Kind.KILLED_AFTER_COMMIT) != null) {
            die();
        }
        meanwhile();
    }

    @Override
    public long step() {
        return world.step();
    }

    @Override
    public Fault request(String method, boolean write, ResourceId resource) {
        moment();
        world.called();
        world.clock.pass(CALL);
        judge.requested(resource, write);
        if (due(Trouble.Kind.KILLED_BEFORE_CALL) != null) {
            die();
        }
        meanwhile();
        Instant now = world.clock.instant();
        Fault weather = world.weather(resource, now);
        if (weather.kind() != Fault.Kind.NONE) {
            return throttled(resource, weather);
        }
        Trouble trouble = write
                ? due(
                        Trouble.Kind.UNAVAILABLE,
                        Trouble.Kind.THROTTLED,
                        Trouble.Kind.LOST_DONE,
                        Trouble.Kind.LOST_NOT_DONE)
                : due(
                        Trouble.Kind.UNAVAILABLE,
                        Trouble.Kind.THROTTLED,
                        Trouble.Kind.LOST_NOT_DONE,
                        Trouble.Kind.STALE_READ);
        if (trouble == null) {
            return Fault.NONE;
        }
        world.fault();
        return throttled(resource, fault(trouble.kind(), now));
    }

    private Fault throttled(ResourceId resource, Fault fault) {
        if (fault.failure() instanceof Outcome.Throttled slow && slow.until() != null) {
            judge.notBefore(resource, slow.until());
        }
        return fault;
    }

    private static Fault fault(Trouble.Kind kind, Instant now) {
        return switch (kind) {
            case UNAVAILABLE -> new Fault(Fault.Kind.NOT_DONE, new Outcome.Unavailable("503"));
            case THROTTLED -> new Fault(Fault.Kind.NOT_DONE, new Outcome.Throttled(now.plusSeconds(7), "429"));
            case LOST_DONE -> new Fault(Fault.Kind.LOST, new Outcome.Unknown("connection reset"));
            case LOST_NOT_DONE -> new Fault(Fault.Kind.NOT_DONE, new Outcome.Unknown("connection reset"));
            case STALE_READ -> new Fault(Fault.Kind.STALE, null);
            default -> Fault.NONE;
        };
    }

    @Override
    public void answer() {
        moment();
        world.clock.pass(CALL);
        if (due(Trouble.Kind.KILLED_AFTER_CALL) != null) {
            die();
        }
        meanwhile();
    }

    @Override
    public void served(ResourceId resource, SortedMap<String, Long> versions, SortedSet<String> shown, boolean stale) {
        judge.served(resource, shown, stale);
    }

    @Override
    public void applied(ResourceId r, String document, Document before, Document after, Payload payload, Write write) {
        world.effect(r, before, after);
        judge.applied(r, document, before, after, payload);
    }

    @Override
    public void answered(ResourceId resource, Write write, Outcome outcome) {
        judge.answered(resource, write, outcome);
    }

    void intended(ResourceId resource, List<EdgeChange> changes) {
        judge.intended(resource, changes);
    }

    void concluded(List<EdgeResult> results, boolean ours) {
        if (ours) {
            judge.concluded(results);
        } else {
            judge.overtaken(results);
        }
    }

    void leased(Lease lease) {
        judge.leased(lease);
    }
}
