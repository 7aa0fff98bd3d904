package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Resumable uploads under way. Not part of the state. */
final class Uploads {
    private final Map<String, Session> sessions = new HashMap<>();

    /** What has arrived of one object. */
    record Session(String id, String bucket, ObjectNode metadata, String contentType, ByteArrayOutputStream received) {}

    Session start(String id, String bucket, ObjectNode metadata, String contentType) {
        Session session = new Session(id, bucket, metadata, contentType, new ByteArrayOutputStream());
        sessions.put(id, session);
        return session;
    }

    Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    void end(Session session) {
        sessions.remove(session.id());
    }
}
