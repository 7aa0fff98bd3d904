package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.Json;

/** A BigQuery dataset with its access list and tables. */
final class BqDataset {
    final String project;
    final String id;
    final Instant created;
    Instant modified;
    /** What the owner sets: location, labels, description, …; never what the service computes. */
    ObjectNode metadata;
    /** The number of the write that made the current etag. */
    long write;

    final Propagated<AccessList> access;
    final TreeMap<String, BqTable> tables = new TreeMap<>();

    BqDataset(
            String project,
            String id,
            Instant created,
            Instant modified,
            ObjectNode metadata,
            long write,
            Propagated<AccessList> access) {
        this.project = project;
        this.id = id;
        this.created = created;
        this.modified = modified;
        this.metadata = metadata;
        this.write = write;
        this.access = access;
    }

    String name() {
        return project + ":" + id;
    }

    String etag() {
        return Etags.ofWrite(write);
    }

    void touch(long newWrite, Instant now) {
        write = newWrite;
        modified = now;
    }

    /** What the real service lists on a new dataset. */
    static AccessList defaultAccess(String project, String creator) {
        List<ObjectNode> entries = new ArrayList<>();
        entries.add(entry("WRITER", "specialGroup", "projectWriters"));
        entries.add(entry("OWNER", "specialGroup", "projectOwners"));
        entries.add(entry("OWNER", "userByEmail", creator));
        entries.add(entry("READER", "specialGroup", "projectReaders"));
        return AccessList.of(project, entries);
    }

    private static ObjectNode entry(String role, String kind, String value) {
        return Json.MAPPER.createObjectNode().put("role", role).put(kind, value);
    }
}
