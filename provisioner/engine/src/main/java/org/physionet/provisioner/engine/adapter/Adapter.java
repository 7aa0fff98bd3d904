package org.physionet.provisioner.engine.adapter;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/**
 * Translates between principals and one provider's documents, and decides nothing about people.
 *
 * <p><b>Never retries.</b> Every method makes each provider call at most once and reports what came back; the engine is
 * the only one that retries, paces and waits (facts/stack.md 6). Every method throws only for programming errors: what a
 * provider or network does is an {@link Outcome}.
 *
 * <p>Safe for concurrent use on different resources; the engine never works on one resource twice at once.
 */
public interface Adapter extends AutoCloseable {
    Capabilities capabilities();

    /**
     * Reads a resource's live state, with its concurrency token where the provider has one. No writes.
     *
     * <p>Entries of the engine's in a layout that the resource had before are read too while {@code places} names a document of that layout:
     * they are owned, {@link LiveEdge#earlier} where the present layout does not have the principal. If one of the layouts can not be
     * read, the resource is not seen: nobody could be called gone.
     *
     * @param places what the record knows of the resource's documents; when it knows none the adapter looks for its own
     *     marks in the provider
     */
    Observed observe(Resource resource, Places places);

    /**
     * The writes that turn what was observed into the target, under the provider's limits. Pure and deterministic: same
     * input, same writes, byte for byte. Entries that the engine does not own are carried over as they were. An edge
     * that is in both is left where it is. Without a difference the list is empty.
     *
     * <p>A difference is also what moves nobody: a lease to renew, a setting of a group to repair, people to take out of an
     * earlier layout. It comes as {@link Write#upkeep}, within a write of people's changes or as a write of its own.
     */
    Rendering render(Resource resource, Observation observation, Target target, Places places);

    /**
     * Sends one write, guarded by the observation's token where the provider has one. Atomic per write: on any
     * {@link Outcome.Failure} but {@code Unknown}, and {@code Rejected} for a write of several calls as its Javadoc says,
     * nothing of it is in force.
     */
    Outcome write(Resource resource, Write write);

    /** Checks that a person can act on: rights, delegation, existence, conditions of the layout. Reads only. */
    List<Check> check(Resource resource);

    /**
     * What a researcher does to read the data: exact commands with this resource's names. Asks the provider nothing about a
     * resource that was not {@link #observe observed} before: what is not known is told in the form that works either way.
     *
     * @param principal theirs
     * @param place their {@link Places place}, where the layout has places; null if unknown
     */
    List<String> howTo(Resource resource, Principal principal, @Nullable String place);

    /** Recognises a refusal that a researcher was shown by the provider's tools: what it means and what to do. */
    Optional<String> diagnose(String errorText);

    /**
     * Like {@link #render}, but moves people to as few documents as will hold them. Done on a person's word only, since a
     * place is an address that researchers use.
     */
    default Rendering compact(Resource resource, Observation observation, Target target, Places places) {
        return render(resource, observation, target, places);
    }

    /** Typical time until a grant at this resource takes effect, where its layout differs from the rest. Pure. */
    default Duration grantVisible(Resource resource) {
        return capabilities().grantVisible();
    }

    /** Typical time until a revocation at this resource takes effect, where its layout differs from the rest. Pure. */
    default Duration revokeVisible(Resource resource) {
        return capabilities().revokeVisible();
    }

    /** How full the layout is; empty: it has no limit worth a warning. Pure. */
    default Optional<Room> room(Resource resource, Observation observation) {
        return Optional.empty();
    }

    /**
     * What a person who approves changes at a resource has to know of its layout, in sentences: what it can not promise, whom else it may let
     * in. Pure.
     */
    default List<String> cautions(Resource resource) {
        return List.of();
    }

    /**
     * Who can read the data by ways that are not written on the resource: inherited, public, legacy. Reads only; what could
     * not be read is in the list as uncertain.
     */
    default List<Shadow> shadows(Resource resource) {
        return List.of();
    }

    /**
     * The write that takes away one way to the data that is not the engine's own, on a person's word: an entry of {@link
     * Observation#foreign} or one of {@link #shadows} that is written at the resource itself. Nobody who stands beside it loses
     * anything. May read.
     *
     * @param who whose it is, as told; null: the entry goes as a whole
     * @param way the entry's text or the shadow's path, as told
     * @return empty: it is not there, it is inherited from above, or it is an owner's or a service's, whom nobody is to lock out
     */
    default Optional<Write> removal(Resource resource, Observation observation, @Nullable String who, String way) {
        return Optional.empty();
    }

    /**
     * The canaries that are configured: none, one that goes in and out for a measurement, or two, of which one is let in and the other is not
     * at every moment, and a measurement changes them over.
     */
    default List<Canary> canaries() {
        return List.of();
    }

    @Override
    void close();

    /**
     * One finding of {@link #check}.
     *
     * @param what what was checked, for people
     * @param ok whether it is as it should be
     * @param detail what was found
     * @param fix the next step, with the exact command where there is one; empty: nothing is to be done. With an ok check
     *     it is advice: everything works, and would be safer
     */
    record Check(String what, boolean ok, String detail, String fix) {}
}
