package io.mtl4j.nn.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mtl4j.nn.layer.Dense;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KnownTypesTest {

    @Test
    void everyPartOfAModelThatTheLibraryHasCanBeSaved() {
        TreeSet<String> parts = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.mtl4j.nn").stream()
                        .filter(c -> c.isRecord()
                                && c.getModifiers().contains(JavaModifier.PUBLIC)
                                && KnownTypes.OPEN_TYPES.stream().anyMatch(c::isAssignableTo))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> known =
                StandardTypes.ALL.stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(parts, known);
    }

    @Test
    void aNameStandsForOneType() {
        assertEquals(
                "type name \"Dense\" already stands for " + Dense.class.getName() + "; choose another",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> KnownTypes.standard().with("Dense", Dense.class))
                        .getMessage());
        assertEquals(
                List.copyOf(StandardTypes.ALL).size(),
                KnownTypes.standard().byName().size());
    }
}
