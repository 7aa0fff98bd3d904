package org.physionet.provisioner.adapters.aws.accesspoints;

import java.util.List;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.adapters.aws.policy.PolicyGuard;
import org.physionet.provisioner.adapters.aws.policy.Statement;

/**
 * How full one shard is while people are being placed, in bytes of minified policy. Counts never too low: it may be up to two
 * bytes above the text that will be rendered (a comma for each list).
 */
final class ShardRoom {
    /** An AIDA id of 21 characters with quotes and comma, for places that are kept for people who are away. */
    private static final int USUAL_ID = 24;

    private final int base;
    private final int readById;
    private final int readByName;
    private int ids;
    private int named;

    ShardRoom(ShardPolicy policy, Shard live) {
        Policy foreign = new Policy(
                live.policy() == null || live.foreign().isEmpty()
                        ? Policy.CURRENT
                        : live.policy().version(),
                live.policy() == null || live.foreign().isEmpty()
                        ? null
                        : live.policy().id(),
                live.foreign());
        this.base = Policy.bytes(foreign.render()) + size(policy.listOnlyPrefix(live.name()));
        this.readById = size(policy.readById(live.name(), List.of()));
        this.readByName = size(policy.readByName(live.name(), List.of()));
    }

    void add(String spelling, boolean byName) {
        if (byName) {
            named += cost(spelling);
        } else {
            ids += cost(spelling);
        }
    }

    /** Keeps room for somebody who has a place here and is not let in now. */
    void reserve() {
        ids += USUAL_ID;
    }

    boolean takes(String spelling, boolean byName) {
        int cost = cost(spelling);
        return bytes(ids + (byName ? 0 : cost), named + (byName ? cost : 0)) <= PolicyGuard.CAPACITY;
    }

    /** Whether not even an id of the usual length fits, in either form. */
    boolean isFull() {
        return bytes(ids + USUAL_ID, named) > PolicyGuard.CAPACITY
                && bytes(ids, named + USUAL_ID) > PolicyGuard.CAPACITY;
    }

    /** How many more ids of the usual length fit. */
    int holes() {
        return Math.max(0, (PolicyGuard.CAPACITY - bytes(ids, named)) / USUAL_ID);
    }

    private int bytes(int idBytes, int namedBytes) {
        return base + (idBytes > 0 ? readById + idBytes : 0) + (namedBytes > 0 ? readByName + namedBytes : 0);
    }

    /** With quotes and comma; a spelling that needs escapes is counted as if every character did. */
    private static int cost(String spelling) {
        boolean plain = spelling.chars().allMatch(c -> c >= ' ' && c < 127 && c != '"' && c != '\\');
        return spelling.length() * (plain ? 1 : 6) + 3;
    }

    private static int size(Statement statement) {
        return Policy.bytes(statement.node().toString()) + 1;
    }
}
