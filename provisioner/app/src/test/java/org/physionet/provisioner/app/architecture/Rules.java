package org.physionet.provisioner.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.physionet.provisioner.app.architecture.OwnDependencies.adapter;
import static org.physionet.provisioner.app.architecture.OwnDependencies.part;
import static org.physionet.provisioner.app.architecture.Program.in;
import static org.physionet.provisioner.app.architecture.TimeAndChance.makesRandomNumbers;
import static org.physionet.provisioner.app.architecture.TimeAndChance.readsTheClock;
import static org.physionet.provisioner.app.architecture.TimeAndChance.sleeps;
import static org.physionet.provisioner.app.architecture.TimeAndChance.waitsOrDraws;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The rules of the design that compiled classes can show: who may use what, and what nobody may do. */
final class Rules {
    private static final String OURS = Program.ROOT + "..";

    private Rules() {}

    static ArchRule theEngineUsesTheJdkJspecifyAndRoaringBitmap() {
        return classes()
                .that()
                .resideInAPackage(in("engine"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(in("engine"), "java..", "org.jspecify..", "org.roaringbitmap..");
    }

    static ArchRule theEngineDoesNoInputOrOutput() {
        return noClasses()
                .that()
                .resideInAPackage(in("engine"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.channels..", "java.sql..", "java.net.http..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.nio\\.file\\.Files"
                        + "|java\\.io\\.(File|RandomAccess|Console).*"
                        + "|java\\.net\\.(.*Socket|.*URLConnection)");
    }

    static ArchRule theEngineHasNoClockSleepRandomnessOrIdsOfItsOwn() {
        return noClasses()
                .that()
                .resideInAPackage(in("engine"))
                .should()
                .callMethodWhere(readsTheClock())
                .orShould()
                .callMethodWhere(waitsOrDraws())
                .orShould()
                .callConstructorWhere(makesRandomNumbers());
    }

    static ArchRule theClockIsReadOnlyInTheApp() {
        // The simulated clouds run by the machine's clock until somebody sets theirs (CONTRACT, "Simulator"), and the
        // adapters'
        // contract tests run against those.
        return noClasses()
                .that()
                .resideInAPackage(OURS)
                .and()
                .resideOutsideOfPackages(in("app"), in("simulator"), in("adapters.contract"))
                .should()
                .callMethodWhere(readsTheClock());
    }

    static ArchRule nobodyButTheAppSleeps() {
        return noClasses()
                .that()
                .resideInAPackage(OURS)
                .and()
                .resideOutsideOfPackages(in("app"), in("simulator"), in("adapters.contract"))
                .should()
                .accessTargetWhere(sleeps());
    }

    static ArchRule adaptersUseTheEngineAndNotEachOther() {
        return classes()
                .that()
                .resideInAPackage(in("adapters"))
                .and()
                .resideOutsideOfPackage(in("adapters.contract"))
                .should(new OwnDependencies(
                        "the engine's and the adapter's own",
                        (user, used) -> part(used).equals("engine")
                                || (part(used).equals("adapters")
                                        && adapter(used).equals(adapter(user)))));
    }

    static ArchRule sourcesUseTheEngine() {
        return usesTheEngineOnly("sources");
    }

    static ArchRule theAuditUsesTheEngine() {
        return usesTheEngineOnly("audit");
    }

    static ArchRule theStoreUsesTheEngine() {
        return usesTheEngineOnly("store");
    }

    private static ArchRule usesTheEngineOnly(String name) {
        return classes()
                .that()
                .resideInAPackage(in(name))
                .should(new OwnDependencies(
                        "the engine's and its own",
                        (user, used) ->
                                part(used).equals("engine") || part(used).equals(name)));
    }

    static ArchRule theSimulatorKnowsNothingOfTheProgram() {
        return classes()
                .that()
                .resideInAPackage(in("simulator"))
                .should(new OwnDependencies(
                        "its own", (user, used) -> part(used).equals("simulator")));
    }

    static ArchRule nobodyAsksTheDriverManager() {
        return noClasses()
                .that()
                .resideInAPackage(OURS)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.sql.DriverManager.class)
                .because(
                        "it starts every driver on the path, DuckDB's with the flight recorder: 0.1 s of every command");
    }

    static ArchRule theAppNamesNoAdapter() {
        return noClasses()
                .that()
                .resideInAPackage(in("app"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("adapters"))
                .because("adapters are found with ServiceLoader, so that a third cloud is a jar on the path");
    }

    static ArchRule nobodyButTheAppPrintsOrLogsOtherwiseThanThroughSlf4j() {
        return noClasses()
                .that()
                .resideInAPackage(OURS)
                .and()
                .resideOutsideOfPackage(in("app"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.logging..",
                        "org.apache.commons.logging..",
                        "org.apache.log4j..",
                        "org.apache.logging..")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err");
    }

    static ArchRule nobodyDecidesWhichCertificatesAreTrusted() {
        return noClasses()
                .that()
                .resideInAPackage(OURS)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("javax\\.net\\.ssl\\.(X509.*TrustManager|TrustManager|HostnameVerifier)"
                        + "|org\\.apache\\..*\\.(NoopHostnameVerifier|TrustAllStrategy|TrustSelfSignedStrategy)")
                .because("TLS verification is Java's own, and can not be switched off");
    }

    static ArchRule namesSayWhatAThingIsAbout() {
        return classes()
                .that()
                .resideInAPackage(OURS)
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Utils?|Utilities|Processor|Impl)(\\$.*)?")
                .andShould()
                .resideOutsideOfPackages("..util..", "..utils..", "..helper..", "..helpers..", "..impl..", "..dto..");
    }

    static ArchRule everyPackageIsDescribedAndNullMarked() {
        return classes().that().resideInAPackage(OURS).should(new ArchCondition<>("be in a null-marked package") {
            @Override
            public void check(JavaClass checked, ConditionEvents events) {
                boolean marked = checked.getPackage()
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                events.add(new SimpleConditionEvent(
                        checked, marked, checked.getPackageName() + ": package-info.java with @NullMarked expected"));
            }
        });
    }
}
