package org.physionet.provisioner.simulator.gcp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;

/** A project, folder or organization, by its full name, e.g. {@code projects/physionet-data}. */
final class Node {
    final String name;
    /** Decimal; what Google numbers a project by. */
    final String number;
    /** Nearest first, e.g. {@code folders/12}, {@code organizations/34}. */
    List<String> ancestors;

    /** APIs that are not enabled, e.g. {@code bigquery.googleapis.com}; all others are. */
    final TreeSet<String> disabledServices = new TreeSet<>();

    final Propagated<Policy> policy;
    /** The number of the write that made the current etag; 0 for a policy that was never written. */
    long write;

    Node(String name, String number, List<String> ancestors, Propagated<Policy> policy, long write) {
        this.name = name;
        this.number = number;
        this.ancestors = ancestors;
        this.policy = policy;
        this.write = write;
    }

    static Node fresh(String name) {
        return new Node(name, numberOf(name), List.of(), new Propagated<>(Policy.of(List.of())), 0);
    }

    String id() {
        return name.substring(name.indexOf('/') + 1);
    }

    /** {@code ACAB} is what Google shows for a policy that nobody has written. */
    String etag() {
        return write == 0 ? "ACAB" : Etags.ofWrite(write);
    }

    /** The same number for the same project in every world. */
    static String numberOf(String name) {
        String id = name.substring(name.indexOf('/') + 1);
        if (id.matches("\\d+")) {
            return id;
        }
        BigInteger hash = new BigInteger(1, Hashes.sha256(name.getBytes(StandardCharsets.UTF_8)));
        return hash.mod(BigInteger.valueOf(900_000_000_000L))
                .add(BigInteger.valueOf(100_000_000_000L))
                .toString();
    }
}
