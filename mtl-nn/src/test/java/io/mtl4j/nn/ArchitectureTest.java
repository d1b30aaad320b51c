package io.mtl4j.nn;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mtl4j.internal.Require;
import io.mtl4j.internal.SymmetricEigen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    /** From the bottom up: a package uses only packages before its own, and mtl-core. */
    private static final List<String> PACKAGES = List.of(
            "io.mtl4j.nn.internal",
            "io.mtl4j.nn.kernel",
            "io.mtl4j.nn.layer",
            "io.mtl4j.nn.dl4j",
            "io.mtl4j.nn.encoder",
            "io.mtl4j.nn.sharing",
            "io.mtl4j.nn.head",
            "io.mtl4j.nn.data",
            "io.mtl4j.nn.pretrained",
            "io.mtl4j.nn.model",
            "io.mtl4j.nn.evaluate",
            "io.mtl4j.nn.persist",
            "io.mtl4j.nn.train",
            "io.mtl4j.nn.transfer",
            "io.mtl4j.nn.meta",
            "io.mtl4j.nn.report",
            "io.mtl4j.nn.language",
            "io.mtl4j.nn.ensemble",
            "io.mtl4j.nn.semi",
            "io.mtl4j.nn.select",
            "io.mtl4j.nn.search",
            "io.mtl4j.nn.spark");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mtl4j.nn");

    static List<String> packages() {
        return PACKAGES;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyPackagesBelowIt(String name) {
        String[] above = PACKAGES.subList(PACKAGES.indexOf(name) + 1, PACKAGES.size()).stream()
                .map(p -> p + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        String[] known = PACKAGES.stream().map(p -> p + "..").toArray(String[]::new);
        classes()
                .that()
                .doNotHaveSimpleName("package-info")
                .should()
                .resideInAnyPackage(known)
                .check(MAIN);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.mtl4j.nn.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    /** The check of arguments is shared, so that all modules word their errors alike; and there is one eigen-decomposition. */
    @Test
    void theInternalsOfTheCoreStayThereButForChecksOfArgumentsAndEigenvalues() {
        DescribedPredicate<JavaClass> internals = resideInAPackage("io.mtl4j.internal..")
                .and(not(belongToAnyOf(Require.class, SymmetricEigen.class)))
                .as("internals of mtl-core other than Require and SymmetricEigen");
        noClasses().should().dependOnClassesThat(internals).check(MAIN);
    }
}
