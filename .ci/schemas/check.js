// Checks rendered manifests against the schemas of their kinds: values by the validators that were generated from the schemas,
// unknown fields by the types that were (to those validators an unknown field is fine, to an API server in strict mode it is not).
//   node check.js FILE.yaml...
// Prints a line for each fault and ends with 1 if there are any.
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const here = dirname(fileURLToPath(import.meta.url));
const home = (group) => {
  switch (group) {
    case "keda.sh":
      return "@kubernetes-models/keda/keda.sh";
    case "monitoring.coreos.com":
      return "@kubernetes-models/prometheus-operator/monitoring.coreos.com";
    default:
      return "kubernetes-models" + (group ? "/" + group : "");
  }
};

function read(file) {
  return parseAllDocuments(readFileSync(file, "utf8"), { uniqueKeys: true }).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0].message}`);
    return { file, content: document.toJS() };
  });
}

/** Which module describes a resource, and as what. */
function describe({ file, content }) {
  const [version, group] = content.apiVersion.split("/").reverse();
  const name = `${basename(file)}: ${content.kind} ${content.metadata.name}`;
  return { name, content, module: `${home(group ?? "")}/${version}/${content.kind}` };
}

async function faultsOfValues({ name, content, module }) {
  let model;
  try {
    model = (await import(module))[content.kind];
  } catch (error) {
    return [`${name}: expected a kind that is known, found ${content.apiVersion} ${content.kind} (${error.message})`];
  }
  try {
    new model(content).validate();
    return [];
  } catch (error) {
    return error.message.split("\n").map((line) => `${name}: ${line}`);
  }
}

function faultsOfFields(resources) {
  const folder = mkdtempSync(join(here, "typed-"));
  try {
    const files = resources.map(({ content, module }, index) => {
      const file = join(folder, `resource${index}.ts`);
      const type = `I${content.kind}`;
      writeFileSync(
        file,
        `import type { ${type} } from ${JSON.stringify(module)};\n` +
          `export const resource: ${type} = ${JSON.stringify(content, null, 2)};\n`);
      return file;
    });
    const program = ts.createProgram(files, {
      strict: true, noEmit: true, skipLibCheck: true, types: [],
      module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022,
    });
    return ts.getPreEmitDiagnostics(program).map((fault) => {
      const place = fault.file === undefined ? -1 : files.indexOf(fault.file.fileName);
      const line = fault.file?.text.slice(fault.start).split("\n")[0].trim() ?? "";
      return `${resources[place]?.name ?? "?"}: at ${line}: ${ts.flattenDiagnosticMessageText(fault.messageText, " ")}`;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const resources = process.argv.slice(2).flatMap(read).map(describe);
const faults = (await Promise.all(resources.map(faultsOfValues))).flat().concat(faultsOfFields(resources));
faults.forEach((fault) => console.error(fault));
console.log(`${resources.length} resources in ${process.argv.length - 2} files, ${faults.length} faults`);
process.exit(faults.length > 0 || resources.length === 0 ? 1 : 0);
