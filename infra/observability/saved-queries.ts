import { Stack } from "aws-cdk-lib";
import { CfnQueryDefinition, type LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Observed } from "./observed.ts";
import { QUESTIONS, type Question } from "./questions.ts";

/** The questions, saved in Logs Insights in a folder named as the stack, each with the log groups that it is asked of. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { functions, machines, logGroups }: Observed) {
    super(scope, id);
    const groupsOf = (owners: readonly { node: { id: string } }[]): LogGroup[] =>
      logGroups.filter(({ node }) => owners.some((owner) => node.id === `${owner.node.id}-logs`));
    const asked = ({ of }: Question) =>
      groupsOf(of ? [...functions, ...machines].filter(({ node }) => of.includes(node.id)) : functions);
    for (const question of QUESTIONS) {
      const groups = asked(question);
      if (groups.length === 0) throw new Error(`"${question.name}" is asked of no log group.`);
      new CfnQueryDefinition(this, question.name.replaceAll(/\W+/g, "-"), {
        name: `${Stack.of(this).node.id}/${question.name}`,
        queryString: question.query.join("\n| "),
        logGroupNames: groups.map(({ logGroupName }) => logGroupName),
      });
    }
  }
}
