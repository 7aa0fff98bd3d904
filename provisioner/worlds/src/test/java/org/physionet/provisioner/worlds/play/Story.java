package org.physionet.provisioner.worlds.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.physionet.provisioner.engine.store.Store;
import org.physionet.provisioner.worlds.bugs.Bug;

/**
 * What happened in one world, told so far that it had enough calls and faults; and how it ended.
 *
 * @param effects what the engine's writes did, in order
 */
public record Story(
        long seed, Bug bug, List<Act> acts, int calls, int faults, List<String> effects, Optional<Violation> end) {
    public static final int CALLS = 200;
    public static final int FAULTS = 5;

    private static final int MOST_ACTS = 400;

    public Story {
        acts = List.copyOf(acts);
        effects = List.copyOf(effects);
    }

    /** Tells and plays the story of a seed. */
    public static Story of(long seed, Bug bug, Supplier<Store> record) {
        Teller teller = new Teller(seed);
        World world = new World(seed, record.get(), bug);
        List<Act> acts = new ArrayList<>();
        try {
            while ((world.calls() < CALLS || world.faults() < FAULTS) && acts.size() < MOST_ACTS) {
                Act act = teller.next();
                acts.add(act);
                world.perform(act);
            }
            world.settle();
            return new Story(seed, bug, acts, world.calls(), world.faults(), world.effects(), Optional.empty());
        } catch (Violation violation) {
            return new Story(seed, bug, acts, world.calls(), world.faults(), world.effects(), Optional.of(violation));
        } catch (RuntimeException | StackOverflowError e) {
            Violation own = new Violation(0, "an error that no port gave: " + e);
            own.initCause(e);
            return new Story(seed, bug, acts, world.calls(), world.faults(), world.effects(), Optional.of(own));
        }
    }

    /** Plays given acts in the world of a seed. */
    public static Story replay(long seed, Bug bug, Supplier<Store> record, List<Act> acts) {
        World world = new World(seed, record.get(), bug);
        try {
            acts.forEach(world::perform);
            world.settle();
            return new Story(seed, bug, acts, world.calls(), world.faults(), world.effects(), Optional.empty());
        } catch (Violation violation) {
            return new Story(seed, bug, acts, world.calls(), world.faults(), world.effects(), Optional.of(violation));
        } catch (RuntimeException e) {
            return new Story(
                    seed,
                    bug,
                    acts,
                    world.calls(),
                    world.faults(),
                    world.effects(),
                    Optional.of(new Violation(0, "" + e)));
        }
    }

    public boolean clean() {
        return end.isEmpty();
    }
}
