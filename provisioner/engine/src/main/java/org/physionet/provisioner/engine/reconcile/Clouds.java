package org.physionet.provisioner.engine.reconcile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.IdentityKind;

/**
 * The adapters of a site, by provider name, and the identities that each lets in.
 *
 * @param adapters connected, or empty for work that needs no cloud
 * @param kinds by provider
 */
public record Clouds(Map<String, Adapter> adapters, Map<String, IdentityKind> kinds) {
    public Clouds {
        adapters = Collections.unmodifiableSortedMap(new TreeMap<>(adapters));
        kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
    }

    public List<IdentityKind> identityKinds() {
        return List.copyOf(kinds.values());
    }

    /** Provider → identity kind name. */
    public SortedMap<String, String> kindNames() {
        SortedMap<String, String> names = new TreeMap<>();
        kinds.forEach((provider, kind) -> names.put(provider, kind.kind()));
        return names;
    }
}
