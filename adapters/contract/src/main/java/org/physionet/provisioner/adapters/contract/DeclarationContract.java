package org.physionet.provisioner.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.ResourceKind;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** What an adapter says of itself is true: its names, its predictions, its checks, its advice. */
public interface DeclarationContract {
    Bench bench();

    private AdapterProvider provider() {
        return bench().world().provider();
    }

    private ResourceKind kindOf(Resource resource) {
        return provider().resourceKinds().stream()
                .filter(kind -> kind.scheme().equals(resource.id().scheme()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no resource kind for " + resource.id()));
    }

    @Test
    default void aResourceIdIsReadBackFromItsTextAndFromItsBareLocation() {
        Resource resource = bench().world().newResource();
        ResourceKind kind = kindOf(resource);

        assertThat(kind.parse(resource.id().text())).isEqualTo(resource.id());
        assertThat(kind.parse(resource.id().location())).isEqualTo(resource.id());
    }

    @Test
    default void theLayoutIsOnOfferAndAnUnknownOneIsRefusedByName() {
        Resource resource = bench().world().newResource();
        ResourceKind kind = kindOf(resource);

        kind.check(resource.layout(), resource.options());

        assertThat(kind.layouts()).contains(resource.layout());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.check("no-such-layout", Map.of()))
                .withMessageContaining("layout");
    }

    @Test
    default void aPrincipalIsReadBackFromItsText() {
        CloudAccount person = bench().person(1);
        Principal principal = bench().principal(person);

        assertThat(person.kind()).isEqualTo(provider().identityKind().kind());
        assertThat(principal.kind()).isEqualTo(provider().identityKind().kind());
        assertThat(provider().identityKind().parse(principal.text())).contains(principal);
        assertThat(provider().identityKind().parse("")).isEmpty();
    }

    @Test
    default void everyCallIsToldUnderTheProvidersName() {
        Resource resource = bench().world().newResource();
        bench().forgetCalls();

        bench().make(resource, bench().people(2));
        bench().make(resource);
        bench().adapter().check(resource);

        assertThat(bench().told()).isEqualTo(bench().arrivedByKind()).isNotEmpty();
    }

    @Test
    default void anObservationSaysWhichCallsItTookAndNoneOfThemWrites() {
        Resource resource = bench().world().newResource();
        bench().make(resource, bench().people(2));
        bench().forgetCalls();

        Observation seen = bench().observe(resource);

        assertThat(seen.calls()).isEqualTo(bench().arrivedByMethod());
        assertThat(bench().world().calls()).noneMatch(ContractWorld.SeenCalls::write);
    }

    @Test
    default void aWriteTakesTheCallsThatItPredicted() {
        Resource resource = bench().world().newResource();
        Write first = bench().only(bench().render(resource, bench().observe(resource), bench().people(1)));
        bench().forgetCalls();
        bench().adapter().write(resource, first);
        assertThat(bench().arrivedByMethod()).isEqualTo(first.calls());

        Write second = bench().only(bench().render(resource, bench().observe(resource), bench().people(2)));
        bench().forgetCalls();
        bench().adapter().write(resource, second);
        assertThat(bench().arrivedByMethod()).isEqualTo(second.calls());
    }

    @Test
    default void aBudgetPaysForTheWrites() {
        assertThat(bench().adapter().capabilities().budgets())
                .anySatisfy(budget ->
                        assertThat(budget.methods()).contains(bench().world().writeMethod()));
    }

    @Test
    default void checksPassOnAGoodResourceFailOnAMissingOneAndOnlyRead() {
        Resource resource = bench().world().newResource();
        bench().forgetCalls();

        List<Adapter.Check> good = bench().adapter().check(resource);
        List<Adapter.Check> bad = bench().adapter().check(bench().world().missingResource());

        assertThat(good).isNotEmpty().allMatch(Adapter.Check::ok);
        assertThat(bad).anyMatch(check -> !check.ok());
        assertThat(bench().world().calls()).noneMatch(ContractWorld.SeenCalls::write);
    }

    @Test
    default void instructionsAreThereWithAndWithoutAPlace() {
        Resource resource = bench().world().newResource();
        bench().make(resource, bench().person(1));
        Observation seen = bench().observe(resource);
        Principal principal = bench().principal(bench().person(1));
        String place = Objects.requireNonNull(seen.owned().get(principal)).place();

        List<String> lines = bench().adapter().howTo(resource, principal, place);

        assertThat(lines).isNotEmpty().doesNotContain("");
        assertThat(bench().adapter().howTo(resource, principal, null)).isNotEmpty();
        assertThat(seen.documents()).contains(place);
    }

    @Test
    default void anErrorThatNobodyKnowsIsNotExplained() {
        assertThat(bench().adapter().diagnose("the dog ate my homework")).isEmpty();
    }

    @Test
    default void settingsAreDeclaredOnceEach() {
        assertThat(provider().settings()).extracting(setting -> setting.key()).doesNotHaveDuplicates();
        Set<String> declared = Set.copyOf(
                provider().settings().stream().map(setting -> setting.key()).toList());
        assertThat(declared).containsAll(bench().world().settings().values().keySet());
    }
}
