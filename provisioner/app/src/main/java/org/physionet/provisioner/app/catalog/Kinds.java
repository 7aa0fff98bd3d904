package org.physionet.provisioner.app.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.ResourceKind;
import org.physionet.provisioner.engine.model.Principal;

/** What the adapters on the path offer: resource kinds by catalog key, and forms of principals. */
public final class Kinds {
    private final List<Offer> offers = new ArrayList<>();
    private final List<AdapterProvider> adapters;

    /** A kind of resource and the provider that brings it. */
    public record Offer(AdapterProvider adapter, ResourceKind kind) {}

    public Kinds(Collection<AdapterProvider> adapters) {
        this.adapters = List.copyOf(adapters);
        adapters.forEach(a -> a.resourceKinds().forEach(k -> offers.add(new Offer(a, k))));
    }

    public Optional<Offer> ofScheme(String scheme) {
        return offers.stream().filter(o -> o.kind().scheme().equals(scheme)).findFirst();
    }

    public Optional<Offer> ofKey(String catalogKey) {
        return offers.stream()
                .filter(o -> o.kind().catalogKey().equals(catalogKey))
                .findFirst();
    }

    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        offers.forEach(o -> keys.add(o.kind().catalogKey()));
        return keys;
    }

    public List<Offer> offers() {
        return List.copyOf(offers);
    }

    /** Reads a principal in the form of any provider. */
    public Optional<Principal> principal(String text) {
        return adapters.stream()
                .map(a -> a.identityKind().parse(text))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
