package org.physionet.provisioner.adapters.contract;

import java.util.List;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.Capabilities;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;

/**
 * A cloud that an adapter is tried on, with one kind of resource in one layout: what the kit needs beside the adapter
 * itself. What it says comes from the cloud, never from the adapter.
 */
public interface ContractWorld extends AutoCloseable {
    AdapterProvider provider();

    /** The configuration section that leads the adapter here. */
    Settings settings();

    /** A managed resource of this world's layout, existing, with nobody of the engine's kind in it. Another one at each call. */
    Resource newResource();

    /** A managed resource of this world's layout that does not exist in the cloud. */
    Resource missingResource();

    /** A person's account that exists; another person for each number. */
    CloudAccount person(int number);

    /** A well-formed account that the provider refuses as a principal; another one for each number. */
    CloudAccount stranger(int number);

    /** Somebody else edits the resource and adds an entry that the engine does not own; every call adds the same one. */
    void rivalAddsForeign(Resource resource);

    /** Whether that entry is there, exactly as it was added. */
    boolean hasForeign(Resource resource);

    /**
     * Somebody else edits, by hand, the document that the engine writes, so that a person of the engine's kind gets in.
     * They write over whatever is there at this moment, keeping it.
     */
    void rivalAddsPerson(Resource resource, CloudAccount person);

    /** Whether the person can read the data now, by what is in force. */
    boolean canRead(Resource resource, CloudAccount person);

    /** The method of the provider's reference that {@code observe} calls on {@link #newResource}. */
    String readMethod();

    /** The method by which a {@code write} becomes effective. */
    String writeMethod();

    /** The next call of the method goes wrong, and no other. */
    void trouble(String method, Trouble trouble);

    /** Whether a stale write of this layout is refused; some layouts need no token where the provider has one. */
    default boolean refusesStaleWrites(Capabilities declared) {
        return declared.compareAndSwap();
    }

    /** Whether this layout puts all pending changes of a resource into one write. */
    default boolean oneWriteForAll() {
        return true;
    }

    /** How this provider says that a call lacks rights. */
    default Trouble forbidden() {
        return Trouble.answer(403);
    }

    /** How this provider says that calls come too fast. */
    default Trouble tooFast() {
        return Trouble.answer(429);
    }

    /** Every call that arrived since {@link #forgetCalls}, as the provider saw it. */
    List<SeenCalls> calls();

    void forgetCalls();

    @Override
    void close();

    /**
     * Calls that arrived.
     *
     * @param outcome HTTP status as text, or {@code reset}
     */
    record SeenCalls(String method, boolean write, String outcome, long count) {}
}
