import { idColumn, optional, required } from '../0001-foundation/table-columns.ts'
import { type MigrationDb, columnTypes as type } from '../columns.ts'

export async function up(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('workflows')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        version: type.code,
        marked_name: type.name,
        marked_comment: type.text,
        graph: type.json,
        features: type.json,
        environment_variables: type.json,
        conversation_variables: type.json,
        extra: type.json,
        hash: type.code,
        created_by: type.id,
        created_at: type.integer,
        updated_by: type.id,
        updated_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('workflows_app_version').unique().on('workflows').columns(['app_id', 'version']).execute()
  await createVariables(db)
  await createForms(db)
  await createTriggers(db)
  await extendRuns(db)
}

async function createVariables(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('conversation_variables')
    .$call(
      required({
        conversation_id: type.id,
        variable_id: type.name,
        tenant_id: type.id,
        app_id: type.id,
        name: type.name,
        value_type: type.code,
        value: type.json,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .addPrimaryKeyConstraint('conversation_variables_pk', ['conversation_id', 'variable_id'])
    .execute()
  await db.schema
    .createTable('draft_variables')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        account_id: type.id,
        node_id: type.name,
        name: type.name,
        description: type.text,
        value_type: type.code,
        value: type.json,
        visible: type.flag,
        editable: type.flag,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .$call(optional({ preview: type.json, original: type.json, run_id: type.id, execution_id: type.code, last_edited_at: type.integer }))
    .execute()
  await db.schema
    .createIndex('draft_variables_place')
    .unique()
    .on('draft_variables')
    .columns(['app_id', 'account_id', 'node_id', 'name'])
    .execute()
  await db.schema
    .createTable('draft_node_runs')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        account_id: type.id,
        node_id: type.name,
        record: type.json,
        ended_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('draft_node_runs_place').unique().on('draft_node_runs').columns(['app_id', 'node_id', 'account_id']).execute()
}

async function createForms(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('human_input_forms')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        run_id: type.id,
        execution_id: type.code,
        node_id: type.name,
        node_title: type.text,
        definition: type.json,
        status: type.code,
        expires_at: type.integer,
        stops_run: type.flag,
        created_at: type.integer,
      }),
    )
    .$call(optional({ submission: type.json, submitted_by: type.id, submitted_at: type.integer, settled_at: type.integer }))
    .execute()
  await db.schema.createIndex('human_input_forms_execution').unique().on('human_input_forms').columns(['run_id', 'execution_id']).execute()
  await db.schema.createIndex('human_input_forms_open').on('human_input_forms').columns(['settled_at', 'status', 'expires_at']).execute()
  await db.schema
    .createTable('human_input_recipients')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        form_id: type.id,
        channel: type.code,
        token: type.code,
        created_at: type.integer,
      }),
    )
    .$call(optional({ address: type.text }))
    .execute()
  await db.schema.createIndex('human_input_recipients_token').unique().on('human_input_recipients').column('token').execute()
  await db.schema.createIndex('human_input_recipients_form').on('human_input_recipients').column('form_id').execute()
}

async function createTriggers(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('workflow_triggers')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        node_id: type.name,
        kind: type.code,
        title: type.text,
        is_published: type.flag,
        is_enabled: type.flag,
        created_by: type.id,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .$call(optional({ token: type.code, cron: type.text, timezone: type.code, next_run_at: type.integer }))
    .execute()
  await db.schema.createIndex('workflow_triggers_node').unique().on('workflow_triggers').columns(['app_id', 'node_id']).execute()
  await db.schema.createIndex('workflow_triggers_token').unique().on('workflow_triggers').column('token').execute()
  await db.schema.createIndex('workflow_triggers_due').on('workflow_triggers').columns(['kind', 'next_run_at']).execute()
}

async function extendRuns(db: MigrationDb): Promise<void> {
  await db.schema.alterTable('apps').addColumn('published_workflow_id', type.id).execute()
  await db.schema.alterTable('apps').addColumn('file_extra', type.json).execute()
  const columns = {
    workflow_id: type.id,
    triggered_from: type.code,
    inputs: type.json,
    outputs: type.json,
    total_steps: type.integer,
    exceptions_count: type.integer,
    elapsed_ms: type.integer,
  } as const
  for (const [name, dataType] of Object.entries(columns)) await db.schema.alterTable('runs').addColumn(name, dataType).execute()
  await db.schema
    .createTable('run_files')
    .$call(required({ run_id: type.id, upload_file_id: type.id, tenant_id: type.id, app_id: type.id }))
    .addPrimaryKeyConstraint('run_files_pk', ['run_id', 'upload_file_id'])
    .execute()
  await db.schema.createIndex('run_files_upload').on('run_files').column('upload_file_id').execute()
}
