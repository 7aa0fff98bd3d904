package org.physionet.provisioner.store.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The lines of published parts as one ledger. Two instances that published at the same moment put some records twice: the same ones are
 * left out, others stay for the verifier to see.
 */
public final class PublishedParts implements Iterator<String> {
    private static final int REMEMBERED = 3 * LedgerExport.PUBLISHED_AT_ONCE;

    private final Iterator<String> parts;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Map<Long, String> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param parts the text of each part, in the order of their names */
    public PublishedParts(Iterator<String> parts) {
        this.parts = parts;
    }

    @Override
    public boolean hasNext() {
        while (waiting.isEmpty() && parts.hasNext()) {
            parts.next().lines().filter(this::isNew).forEach(waiting::add);
        }
        return !waiting.isEmpty();
    }

    private boolean isNew(String line) {
        Optional<ExportLine> parsed = line.startsWith("{\"entry\"") ? ExportLine.parse(line) : Optional.empty();
        if (parsed.isPresent() && parsed.get() instanceof ExportLine.Entry entry) {
            return !entry.hash().equals(seen.put(entry.seq(), entry.hash()));
        }
        return true;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return waiting.remove();
    }
}
